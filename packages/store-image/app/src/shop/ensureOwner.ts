import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import { createUsersWorkflow } from '@medusajs/medusa/core-flows';
import type { ShopSettings } from './settings';

const PROVIDER = 'emailpass';

/** The first admin. The password of one that exists stays as it is. */
export async function ensureOwner(
  container: MedusaContainer,
  { adminEmail: email, adminPassword: password }: ShopSettings,
): Promise<void> {
  if (!email) {
    return;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const auth = container.resolve(Modules.AUTH);
  const {
    data: [existing],
  } = await query.graph({
    entity: 'user',
    fields: ['id'],
    filters: { email },
  });
  const userId = existing?.id ?? (await createUser(container, email));

  const [login] = await auth.listProviderIdentities({
    provider: PROVIDER,
    entity_id: email,
  });
  if (login) {
    return;
  }
  if (!password) {
    throw new Error(`ADMIN_PASSWORD is empty, and '${email}' has no login yet`);
  }
  const { authIdentity, error } = await auth.register(PROVIDER, {
    url: '',
    headers: {},
    query: {},
    protocol: 'http',
    body: { email, password },
  });
  if (!authIdentity) {
    throw new Error(`The login of '${email}' was refused: ${error}`);
  }
  await auth.updateAuthIdentities({
    id: authIdentity.id,
    app_metadata: { user_id: userId },
  });
}

async function createUser(
  container: MedusaContainer,
  email: string,
): Promise<string> {
  const { result } = await createUsersWorkflow(container).run({
    input: { users: [{ email }] },
  });
  return result[0].id;
}
