/** What the stand-in remembers. A backup is never changed after its start: how it stands follows from its fate and from the time. */
import type { Ending, Fate, Settings } from "./fate.ts";

export interface Backup {
  service: string;
  projectId: string;
  instanceId: string;
  backupId: string;
  jobId: string | undefined;
  /** The remark and the format, or the name and the description, as they were sent. */
  sent: Readonly<Record<string, string | undefined>>;
  /** When the service made it, in ms since 1970. */
  startedAt: number;
  fate: Fate;
}

export type Phase = "waiting" | "running" | Ending;

export function phaseOf({ startedAt, fate }: Backup, now: number): Phase {
  const age = now - startedAt;
  if (age >= fate.duration) {
    return fate.ends;
  }
  return age < fate.duration / 4 ? "waiting" : "running";
}

export function isRunning(backup: Backup, now: number): boolean {
  return now - backup.startedAt < backup.fate.duration;
}

export class Memory {
  /** All that ever were started, in the order of their requests. */
  readonly backups: Backup[] = [];
  readonly now: () => number;
  readonly settings: Settings;

  constructor(now: () => number, settings: Settings) {
    this.now = now;
    this.settings = settings;
  }

  /** Those of a project that are there now, newest first. */
  existing(service: string, projectId: string): Backup[] {
    const now = this.now();
    const counts = new Map<string, number>();
    return this.backups
      .filter((backup) => backup.service === service && backup.projectId === projectId)
      .filter(
        ({ startedAt, fate }) => startedAt <= now && now - startedAt < (fate.vanishesAfter ?? Number.POSITIVE_INFINITY),
      )
      .reverse()
      .sort((a, b) => b.startedAt - a.startedAt)
      .filter(({ instanceId }) => {
        // No limit of DDS is documented.
        if (service !== "dcs") {
          return true;
        }
        const count = (counts.get(instanceId) ?? 0) + 1;
        counts.set(instanceId, count);
        return count <= this.settings.keep;
      });
  }

  /** Those of `existing` that the lists know by now. */
  listed(service: string, projectId: string): Backup[] {
    const now = this.now();
    return this.existing(service, projectId).filter(({ startedAt, fate }) => now - startedAt >= fate.listedAfter);
  }

  /** The backup that a job makes. It is known as long as the stand-in runs, from when its lag is over. */
  ofJob(projectId: string, jobId: string): Backup | undefined {
    const now = this.now();
    return this.backups.find(
      (backup) =>
        backup.projectId === projectId && backup.jobId === jobId && now - backup.startedAt >= backup.fate.jobAfter,
    );
  }
}
