import { type Browser, chromium } from "playwright-core";

/** Chromium as the machine has it; the switches keep it from asking its maker's hosts for anything. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath, args }).catch((cause: unknown) => {
    throw new Error(
      `No Chromium at ${executablePath}. On Debian: apt-get install chromium. CHROMIUM tells where another is.`,
      { cause },
    );
  });
}
