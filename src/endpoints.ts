/** Finds the host of each service, by the region or as it is given. */
import { type Service, servers, services } from "../generated/tables.js";
import { checkObject } from "./checks.js";
import type { SigningDialect } from "./signing.js";

/** Where one service is reached, and how its requests are signed there. */
export interface Endpoint {
  origin: string;
  host: string;
  signing: SigningDialect;
  /** On this machine itself. */
  isLoopback: boolean;
}

interface EndpointOptions {
  region?: string | undefined;
  endpoints?: { dcs?: string | undefined; dds?: string | undefined } | undefined;
  signing?: SigningDialect | undefined;
}

export type Endpoints = (service: Service) => Endpoint;

/** Checks all that is given at once, and throws a `TypeError` for a service without a host when that service is called. */
export function resolveEndpoints({ region, endpoints = {}, signing }: EndpointOptions): Endpoints {
  checkObject(endpoints, services, "endpoints: must be an object such as { dcs, dds }", "endpoints.");
  if (region !== undefined && typeof region !== "string") {
    throw new TypeError('region: must be a string such as "eu-de"');
  }
  if (signing !== undefined && signing !== "access" && signing !== "scoped") {
    throw new TypeError('signing: must be "access" or "scoped"');
  }
  const found: Partial<Record<Service, Endpoint>> = {};
  for (const service of services) {
    const url = endpoints[service] ?? serverUrl(service, region);
    if (url !== undefined) {
      found[service] = parseEndpoint(`endpoints.${service}`, url, signing);
    }
  }
  if (!found.dcs && !found.dds) {
    throw new TypeError(noHost(region));
  }
  return (service) => {
    const endpoint = found[service];
    if (!endpoint) {
      throw new TypeError(noHost(region, service));
    }
    return endpoint;
  };
}

function serverUrl(service: Service, region = ""): string | undefined {
  const server = servers.find((server) => server.service === service && server.regions.includes(region));
  return server?.url.replace("{region}", region);
}

function noHost(region: unknown, service?: Service): string {
  const what = service ? `endpoints.${service}` : "endpoints: { dcs, dds }";
  const whose = service ? `${service} host is` : "hosts are";
  return region === undefined
    ? `region: missing; give one such as "cn-north-4", or give ${what}`
    : `region: ${JSON.stringify(region)} is not one whose ${whose} known; check its spelling, or give ${what}`;
}

function parseEndpoint(name: string, text: unknown, signing: SigningDialect | undefined): Endpoint {
  const url = typeof text === "string" ? parseUrl(text) : undefined;
  if (url?.pathname !== "/" || /[?#@\s\\]/.test(String(text))) {
    throw new TypeError(`${name}: must be a scheme and host alone, such as "https://dcs.cn-north-4.myhuaweicloud.com"`);
  }
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new TypeError(`${name}: must begin with https:// (http:// only on this machine's own loopback addresses)`);
  }
  return { origin: url.origin, host: url.host, signing: signing ?? defaultSigning(url.hostname), isLoopback };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A host that is like one of the spec's servers, whatever its region, is signed as they are. */
function defaultSigning(hostname: string): SigningDialect {
  const server = servers.find(({ url }) => hostname.replace(/\.$/, "").endsWith(url.slice(url.indexOf("}") + 1)));
  return server?.signing ?? "access";
}
