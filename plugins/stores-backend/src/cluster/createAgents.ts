import http from 'node:http';
import https from 'node:https';

const CONNECTIONS = 16;

/** What keeps the connections to an API server. */
export interface ClusterAgents {
  agent: http.Agent | undefined;
  /** Watches keep their connections for themselves, so they don't count against those of requests. */
  streams: http.Agent | undefined;
}

/** The library's own agent knows proxies, ours keep connections: some for requests, and one for each watch. */
export function createAgents(
  server: string,
  options: https.RequestOptions,
  proxy: string | undefined,
): ClusterAgents {
  if (proxy) {
    const agent =
      options.agent instanceof http.Agent ? options.agent : undefined;
    return { agent, streams: agent };
  }
  const kept = { keepAlive: true, maxSockets: CONNECTIONS };
  const own = { keepAlive: false };
  if (server.startsWith('http:')) {
    return { agent: new http.Agent(kept), streams: new http.Agent(own) };
  }
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } =
    options;
  const security = {
    ca,
    cert,
    key,
    pfx,
    passphrase,
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
    ...(servername && { servername }),
  };
  return {
    agent: new https.Agent({ ...kept, ...security }),
    streams: new https.Agent({ ...own, ...security }),
  };
}
