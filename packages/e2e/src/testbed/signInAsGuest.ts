import { Testbed } from './Testbed';

/** Signs in as the guest, who is a member of the team that the printed token's stores belong to. Resolves to a token. */
export async function signInAsGuest(testbed: Testbed): Promise<string> {
  const response = await fetch(
    `${testbed.portal.baseUrl}/api/auth/guest/refresh`,
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`The sign-in answered ${response.status}: ${text}`);
  }
  const { backstageIdentity } = JSON.parse(text) as {
    backstageIdentity: { token: string };
  };
  return backstageIdentity.token;
}
