import { StorePage } from '../../testbed/pages/StorePage';
import type { PortalStory } from './PortalStory';

/** Somebody of another team looks at the store. */
export function otherTeam(story: () => PortalStory): void {
  it('lets them read it, and says on the disabled button who may delete it', async () => {
    const { other, owner, store } = story();
    await other.visit('/stores');
    await other.page
      .getByRole('table', { name: 'Other stores' })
      .getByRole('link', { name: store.name, exact: true })
      .click();
    const page = new StorePage(other.page);
    await page.state('Ready').waitFor();
    expect(await page.phases()).toContain('reachable');

    const button = page.root.getByRole('button', { name: 'Delete…' });
    await button.focus();
    const reason = page.root.getByRole('tooltip', {
      name: new RegExp(
        `Only ${owner.person.team.name} and the platform team may do this`,
      ),
    });
    await reason.first().waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
  });

  it('gives them no form to delete it, and the API refuses', async () => {
    const { other, store } = story();
    await other.visit(`/stores/${store.id}/delete`);
    await other.page.getByText(`You may not delete ${store.name}`).waitFor();
    expect(await other.page.getByRole('textbox').count()).toBe(0);

    const { status, body } = await other.api.request<{
      error: { name: string };
    }>('DELETE', `/${store.id}`);
    expect({ status, name: body.error.name }).toEqual({
      status: 403,
      name: 'NotAllowedError',
    });
    const login = await other.api.request('GET', `/${store.id}/credentials`);
    expect(login.status).toBe(403);
    expect((await other.api.get(store.id)).state).toBe('READY');
  });
}
