/** Takes a long token out of a megabyte of each text that might make the search slow, in seconds of CPU time. */
import { Secrets } from "../../src/secrets.ts";

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
let state = 7;
const token = Array.from({ length: 16_000 }, () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return base64[state >>> 26];
}).join("");

const units: Record<string, string> = {
  "the token": token,
  "the token with signs of escapes and markup": `<%${token}`,
  "the token in pieces of seven": token.replace(/.{7}/g, "$&.x"),
  "the token, escaped": encodeURIComponent(token),
  "the token, all its pieces apart": token.replace(/.{3}/g, "$&<b>%20"),
  letters: "ab",
  percent: "<%",
  "percent of percent": "<%252525",
  ampersands: "<&",
  "ampersands of ampersands": "<&amp;",
  "numbers of HTML": "<&#",
  backslashes: "<\\",
  markup: "<a",
  "nothing but blanks": "<% ",
};

const times: Record<string, number[]> = {};
for (const [name, unit] of Object.entries(units)) {
  const text = unit.repeat(2 ** 20 / unit.length);
  times[name] = Array.from({ length: 9 }, () => {
    const secrets = new Secrets();
    secrets.add(token);
    const start = process.cpuUsage();
    secrets.redact(text);
    return process.cpuUsage(start).user / 1e6;
  });
}
console.log(JSON.stringify(times));
