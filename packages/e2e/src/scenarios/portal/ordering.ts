import { seeText } from '../../testbed/pages/seeText';
import { StoreForm } from '../../testbed/pages/StoreForm';
import { StorePage } from '../../testbed/pages/StorePage';
import { TaskPage } from '../../testbed/pages/TaskPage';
import { wideAndLight } from '../../testbed/looks/views';
import { Scheduler } from '../../testbed/Scheduler';
import { teamRef } from '../../testbed/signIn/people';
import { waitFor } from '../../testbed/waitFor';
import type { PortalStory } from './PortalStory';

const name = 'Harbour Shop';
const adminEmail = 'keeper@example.test';

/** From an empty form to a shop that sells. */
export function ordering(story: () => PortalStory): void {
  let task: TaskPage;
  let scheduler: Scheduler | undefined;

  afterAll(() => scheduler?.goOn());

  it('asks for name, owner, plan and settings, and says at once whether the name is free', async () => {
    const { failing, looks, owner } = story();
    await owner.visit('/stores');
    await owner.page.getByRole('link', { name: 'Create a store' }).click();
    const form = new StoreForm(owner.page);

    await form.typeName(failing.name);
    await seeText(form.verdict, `Store ${failing.id} has this name already`);
    await looks.take(owner.page, 'form', {
      ready: async () => {
        await form.typeName(name);
        await seeText(form.address, /harbour-shop-…\.localhost:\d+/);
        await seeText(form.verdict, 'The name is free.');
        await form.chooseOwner(owner.person.team.title);
      },
    });
    await form.next();

    await looks.take(owner.page, 'form-plan', {
      ready: async () => {
        await form.choosePlan('small');
        await seeText(form.plans, /room for \d+ more/);
      },
      in: [wideAndLight],
    });
    await form.next();

    await form.setUpShop({ title: 'Harbour Goods', adminEmail });
    await form.review();
    await looks.take(owner.page, 'form-review', {
      ready: async () => {
        await owner.page.getByText('Harbour Goods').waitFor();
        await owner.page.getByText(adminEmail).waitFor();
      },
      in: [wideAndLight],
    });
  });

  it('tells in the log of the task what happens while it happens', async () => {
    const { looks, owner, testbed } = story();
    // No pod gets a node meanwhile, so that there is time to look.
    scheduler = await Scheduler.of(testbed.instance);
    scheduler.stand();
    await new StoreForm(owner.page).create();
    task = new TaskPage(owner.page);
    await task.showLog();
    await task.line(/namespace/i).waitFor();
    const found = await waitFor({ what: 'the store is listed' }, () =>
      owner.api.find(name),
    );
    story().store = found;
    expect(found).toMatchObject({
      state: 'PROVISIONING',
      owner: teamRef(owner.person.team),
      createdBy: `user:default/${owner.person.name}`,
      plan: 'small',
      parameters: { title: 'Harbour Goods', adminEmail },
    });
    expect(await task.link('Storefront').count()).toBe(0);

    const beside = new StorePage(
      await owner.visitBeside(`/stores/${found.id}`),
    );
    await looks.take(beside.page, 'store-provisioning', {
      ready: () => beside.tells('Provisioning', 'database'),
    });
    await beside.page.close();
    scheduler.goOn();
  });

  it('ends with links to a shop that sells', async () => {
    const { looks, owner, store } = story();
    await task.link('Storefront').waitFor({ timeout: 120_000 });
    story().store = await owner.api.get(store.id);
    expect(story().store.state).toBe('READY');
    expect(await task.link('Storefront').getAttribute('href')).toBe(
      store.urls.storefront,
    );
    await looks.take(task.page, 'task', {
      ready: () => task.link('Storefront').waitFor(),
    });

    const path = `/stores/${store.id}`;
    expect(
      await task.link('State, timeline and first login').getAttribute('href'),
    ).toContain(path);
    const page = new StorePage(await owner.visit(path));
    await page.tells('Ready', 'reachable');
    // What Helm has recorded may be told of already.
    const phases = await page.phases();
    expect(phases.filter(phase => phase !== 'life')).toEqual([
      'reachable',
      'shop',
      'database',
      'namespace',
      'request',
    ]);
    await looks.take(page.page, 'store-ready', {
      ready: () => page.tells('Ready', 'reachable'),
    });
  });
}
