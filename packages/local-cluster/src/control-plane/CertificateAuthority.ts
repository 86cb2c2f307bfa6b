import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

export interface KeyPairFiles {
  certificate: string;
  key: string;
}

export interface IssueCertificateOptions {
  /** Name of the files. */
  name: string;
  /** As openssl writes it: `/O=system:masters/CN=admin`. */
  subject: string;
  /** As openssl writes it: `IP:127.0.0.1,DNS:localhost`. */
  alternativeNames?: string;
}

/** The keys of one short-lived cluster, in a folder that goes with it. */
export class CertificateAuthority {
  static async create(directory: string): Promise<CertificateAuthority> {
    const authority = new CertificateAuthority(directory);
    // Without one of its own openssl adds the extensions of the machine's configuration.
    await writeFile(
      authority.configuration,
      '[req]\ndistinguished_name = name\n[name]\n',
    );
    await authority.request({ name: 'ca', subject: '/CN=storeyard-test-ca' }, [
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign,digitalSignature',
    ]);
    return authority;
  }

  private constructor(private readonly directory: string) {}

  /** Where a key and its certificate are; the authority's own are named `ca`. */
  files(name: string): KeyPairFiles {
    return {
      certificate: join(this.directory, `${name}.crt`),
      key: join(this.directory, `${name}.key`),
    };
  }

  /** A key with a certificate for both ends of a connection. */
  async issue(options: IssueCertificateOptions): Promise<KeyPairFiles> {
    await this.request(options, [
      '-CA',
      this.files('ca').certificate,
      '-CAkey',
      this.files('ca').key,
      '-addext',
      'basicConstraints=critical,CA:FALSE',
      '-addext',
      'keyUsage=critical,digitalSignature',
      '-addext',
      'extendedKeyUsage=serverAuth,clientAuth',
      ...(options.alternativeNames
        ? ['-addext', `subjectAltName=${options.alternativeNames}`]
        : []),
    ]);
    return this.files(options.name);
  }

  /** A bare key pair, such as service account tokens are signed with. */
  async createSigningKey(name: string): Promise<void> {
    const pair = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'sec1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const file = join(this.directory, name);
    await writeFile(`${file}.key`, pair.privateKey, { mode: 0o600 });
    await writeFile(`${file}.pub`, pair.publicKey);
  }

  async read(
    files: KeyPairFiles,
  ): Promise<{ certificate: string; key: string }> {
    const [certificate, key] = await Promise.all([
      readFile(files.certificate, 'utf8'),
      readFile(files.key, 'utf8'),
    ]);
    return { certificate, key };
  }

  private get configuration(): string {
    return join(this.directory, 'openssl.cnf');
  }

  private async request(
    options: IssueCertificateOptions,
    extra: string[],
  ): Promise<void> {
    const files = this.files(options.name);
    await execa('openssl', [
      'req',
      '-x509',
      '-config',
      this.configuration,
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '365',
      '-subj',
      options.subject,
      '-keyout',
      files.key,
      '-out',
      files.certificate,
      ...extra,
    ]);
  }
}
