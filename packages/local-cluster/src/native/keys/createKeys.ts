import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { network } from '../network';

interface Certificate {
  name: string;
  authority: Authority;
  subject: { organization?: string; commonName: string };
  usages: ('serverAuth' | 'clientAuth')[];
  alternativeNames?: string[];
}

const authorities = ['ca', 'front-proxy-ca', 'etcd-ca'] as const;
type Authority = (typeof authorities)[number];

/** Users of the API server that authenticate by a certificate: kubeconfig name to subject. */
export function clusterUsers(
  node: string,
): Record<string, Certificate['subject']> {
  return {
    admin: { organization: 'system:masters', commonName: 'admin' },
    'controller-manager': { commonName: 'system:kube-controller-manager' },
    scheduler: { commonName: 'system:kube-scheduler' },
    proxy: { commonName: 'system:kube-proxy' },
    kubelet: {
      organization: 'system:nodes',
      commonName: `system:node:${node}`,
    },
    netpold: { commonName: 'system:netpold' },
    localpv: { commonName: 'system:localpv' },
  };
}

function certificates(node: string): Certificate[] {
  return [
    {
      name: 'apiserver',
      authority: 'ca',
      subject: { commonName: 'kube-apiserver' },
      usages: ['serverAuth'],
      alternativeNames: [
        'DNS:kubernetes',
        'DNS:kubernetes.default',
        'DNS:kubernetes.default.svc',
        'DNS:kubernetes.default.svc.cluster.local',
        'DNS:localhost',
        `IP:${network.apiServiceAddress}`,
        `IP:${network.nodeAddress}`,
        'IP:127.0.0.1',
      ],
    },
    {
      name: 'kubelet-server',
      authority: 'ca',
      subject: { commonName: node },
      usages: ['serverAuth'],
      alternativeNames: [`DNS:${node}`, `IP:${network.nodeAddress}`],
    },
    {
      name: 'apiserver-kubelet',
      authority: 'ca',
      subject: {
        organization: 'system:masters',
        commonName: 'kube-apiserver-kubelet-client',
      },
      usages: ['clientAuth'],
    },
    {
      name: 'front-proxy',
      authority: 'front-proxy-ca',
      subject: { commonName: 'front-proxy-client' },
      usages: ['clientAuth'],
    },
    {
      name: 'etcd',
      authority: 'etcd-ca',
      subject: { commonName: 'etcd' },
      usages: ['serverAuth', 'clientAuth'],
      alternativeNames: ['DNS:localhost', 'IP:127.0.0.1'],
    },
    {
      name: 'etcd-client',
      authority: 'etcd-ca',
      subject: { commonName: 'kube-apiserver' },
      usages: ['clientAuth'],
    },
    ...Object.entries(clusterUsers(node)).map(
      ([name, subject]): Certificate => ({
        name,
        authority: 'ca',
        subject,
        usages: ['clientAuth'],
      }),
    ),
  ];
}

const days = '3650';

function writeSecret(file: string, text: string | Buffer): void {
  writeFileSync(`${file}.next`, text, { mode: 0o600 });
  renameSync(`${file}.next`, file);
}

function createKey(file: string): void {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeSecret(file, privateKey);
  }
}

function opensslConfiguration(
  subject: Certificate['subject'],
  extensions: string[],
): string {
  return [
    '[req]',
    'prompt = no',
    'distinguished_name = subject',
    'x509_extensions = extensions',
    '[subject]',
    ...(subject.organization ? [`O = ${subject.organization}`] : []),
    `CN = ${subject.commonName}`,
    '[extensions]',
    ...extensions,
    '',
  ].join('\n');
}

async function createCertificate(options: {
  directory: string;
  name: string;
  authority?: Authority;
  subject: Certificate['subject'];
  extensions: string[];
}): Promise<void> {
  const { directory, name, authority, subject, extensions } = options;
  const file = (extension: string) => join(directory, `${name}.${extension}`);
  createKey(file('key'));
  if (existsSync(file('crt'))) {
    return;
  }
  writeSecret(file('cnf'), opensslConfiguration(subject, extensions));
  const { stdout } = await execa('openssl', [
    ...['req', '-new', '-x509', '-days', days, '-key', file('key')],
    ...['-config', file('cnf')],
    ...(authority
      ? [
          ...['-CA', join(directory, `${authority}.crt`)],
          ...['-CAkey', join(directory, `${authority}.key`)],
        ]
      : []),
  ]);
  writeSecret(file('crt'), `${stdout}\n`);
}

function createTokenKey(directory: string): void {
  const [key, pub] = ['sa.key', 'sa.pub'].map(name => join(directory, name));
  if (key && pub && !(existsSync(key) && existsSync(pub))) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeSecret(pub, publicKey);
    writeSecret(key, privateKey);
  }
}

/** Makes the authorities, keys and certificates of a cluster that aren't there yet, valid for ten years. */
export async function createKeys(options: {
  directory: string;
  node: string;
}): Promise<void> {
  const { directory, node } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  createTokenKey(directory);
  await Promise.all(
    authorities.map(name =>
      createCertificate({
        directory,
        name,
        subject: { commonName: `storeyard-${name}` },
        extensions: [
          'basicConstraints = critical,CA:TRUE',
          'keyUsage = critical,keyCertSign,cRLSign,digitalSignature',
          'subjectKeyIdentifier = hash',
        ],
      }),
    ),
  );
  await Promise.all(
    certificates(node).map(certificate =>
      createCertificate({
        directory,
        name: certificate.name,
        authority: certificate.authority,
        subject: certificate.subject,
        extensions: [
          'basicConstraints = CA:FALSE',
          'keyUsage = critical,digitalSignature',
          `extendedKeyUsage = ${certificate.usages.join(',')}`,
          ...(certificate.alternativeNames
            ? [`subjectAltName = ${certificate.alternativeNames.join(',')}`]
            : []),
        ],
      }),
    ),
  );
}
