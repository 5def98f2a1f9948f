/** What README's table says of a runtime, from what the conformance program found and from the requests that arrived. */
import type { ReceivedRequest } from "../stand-in/server.ts";
import type { Protocol } from "./conformance.ts";
import type { Host } from "./hosts.ts";
import type { About, Outcome } from "./run.ts";

export interface ProtocolRun {
  protocol: Protocol;
  /** Undefined where the runtime does not speak it. */
  outcomes: Outcome[] | undefined;
  received: readonly ReceivedRequest[];
}

export const COLUMNS = [
  "runtime",
  "http",
  "https, HTTP/1.1",
  "https, HTTP/2",
  "a connection that was never made",
  "a kept connection that breaks",
  "REFUSED_STREAM",
  "`keepAlive: false`",
];

export function cellsOf(host: Host, runs: ProtocolRun[]): { cells: string[]; faults: string[] } {
  const faults: string[] = [];
  const passed = runs.map(({ protocol, outcomes, received }) => {
    const wrong = (outcomes ?? [])
      .map((outcome) => faultsOf(host, outcome, received))
      .filter(({ length }) => length > 0);
    faults.push(...wrong.flat().map((fault) => `${host.name}, ${protocol}: ${fault}`));
    return outcomes ? `${outcomes.length - wrong.length} of ${outcomes.length}` : "not spoken";
  });
  const outcomes = runs.flatMap((run) => run.outcomes ?? []);
  const isUnsure = outcomes.some(({ about, actual, cautious }) => about === "unconnected" && actual === cautious);
  const isShared = outcomes.some(({ connections }) => connections === "own") && host.shares;
  const cells = [
    ...passed,
    isUnsure ? "not known" : "known",
    sending(host, outcomes, "kept"),
    sending(host, outcomes, "refused stream"),
    isShared ? "shares connections" : "a connection each",
  ];
  return { cells, faults };
}

function sending({ resends }: Host, outcomes: Outcome[], about: About): string {
  if (!outcomes.some((outcome) => outcome.about === about)) {
    return "";
  }
  return resends?.includes(about) ? "sends again by itself" : "sent once";
}

function faultsOf({ resends, shares }: Host, outcome: Outcome, received: readonly ReceivedRequest[]): string[] {
  const { check, instanceId, about, arrivals, connections, expected, actual, isRight } = outcome;
  const own = received.filter(({ target, body }) => `${target}${body}`.includes(instanceId));
  // Known of that runtime, and told in README.
  if (about && resends?.includes(about)) {
    return actual === "started" && own.length === 2 ? [] : [`${check}: no longer sent again`];
  }
  const used = new Set(own.map(({ connection }) => connection)).size;
  const isEach = connections === "own" && !shares;
  const isWrong = connections && (isEach ? used !== own.length : used === own.length);
  return [
    ...(isRight ? [] : [`${check}: ${actual}, not ${expected}`]),
    ...(arrivals.includes(own.length)
      ? []
      : [`${check}: ${own.length} requests arrived, not ${arrivals.join(" or ")}`]),
    ...(isWrong ? [`${check}: ${used} connections for ${own.length} requests`] : []),
  ];
}
