import { CertificateAuthority } from './CertificateAuthority';

/** PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

export interface ControlPlaneKeys {
  /** The certificate that signed all others, PEM. */
  authority: string;
  admin: KeyPair;
  controllerManager: KeyPair;
  scheduler: KeyPair;
}

/** Makes all keys of a control plane in a folder; those that the API server reads stay there. */
export async function makeKeys(directory: string): Promise<ControlPlaneKeys> {
  const authority = await CertificateAuthority.create(directory);
  const issue = async (name: string, subject: string) =>
    authority.read(await authority.issue({ name, subject }));
  const [admin, controllerManager, scheduler] = await Promise.all([
    issue('admin', '/O=system:masters/CN=admin'),
    issue('controller-manager', '/CN=system:kube-controller-manager'),
    issue('scheduler', '/CN=system:kube-scheduler'),
    authority.issue({
      name: 'apiserver',
      subject: '/CN=kube-apiserver',
      alternativeNames:
        'IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc',
    }),
    authority.createSigningKey('service-accounts'),
  ]);
  const own = await authority.read(authority.files('ca'));
  return { authority: own.certificate, admin, controllerManager, scheduler };
}
