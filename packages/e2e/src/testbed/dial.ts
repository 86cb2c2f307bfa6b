import { Testbed } from './Testbed';

/** `open`: somebody accepted or refused; `blocked`: no answer at all. */
export type DialResult = 'open' | 'blocked';

const script = `
const [host, port] = process.argv.slice(1);
const socket = require('node:net').connect({ host, port: Number(port) });
const end = result => { console.log(result); process.exit(0); };
socket.on('connect', () => end('open'));
socket.on('error', error => end(error.code === 'ECONNREFUSED' ? 'open' : 'blocked'));
setTimeout(() => end('blocked'), 2000);
`;

/** Opens a TCP connection from inside a store's own shop container. */
export async function dial(
  testbed: Testbed,
  namespace: string,
  host: string,
  port: number,
): Promise<DialResult> {
  const output = await testbed.admin.run([
    'exec',
    'deployment/medusa-api',
    '-n',
    namespace,
    '--',
    'node',
    '-e',
    script,
    host,
    String(port),
  ]);
  return output.trim() === 'open' ? 'open' : 'blocked';
}
