import type { BrowserContext, Request } from 'playwright-core';
import { RequestLog, type LoggedRequest } from '../../testbed/RequestLog';
import { cleo } from '../../testbed/signIn/people';
import { Visitor } from '../../testbed/signIn/Visitor';
import { waitFor } from '../../testbed/waitFor';
import { StorePage } from '../../testbed/pages/StorePage';
import type { PortalStory } from './PortalStory';

const userAgent = 'StoreyardTest/1.0 (pages that are left open)';
const quarterHour = 15 * 60_000;
const step = 5_000;

/** The server holds such a request in real time: with none of it to hold, there are as many as can be. */
async function answerLongPollsAtOnce(context: BrowserContext): Promise<void> {
  await context.route(/\/events\?.*\bwait=[1-9]/, route =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/\bwait=\d+/, 'wait=0'),
    }),
  );
}

/** Resolves when nothing that the pages have asked for is on its way. */
function watchRequests(context: BrowserContext): () => Promise<true> {
  const open = new Set<Request>();
  context.on('request', request => {
    open.add(request);
  });
  context.on('requestfinished', request => open.delete(request));
  context.on('requestfailed', request => open.delete(request));
  return () =>
    waitFor(
      { what: 'the pages have their answers', interval: 5 },
      async () => open.size === 0,
    );
}

/** Lets time pass for all pages of a browser, faster than it does. */
async function pass(
  milliseconds: number,
  { context, idle }: { context: BrowserContext; idle: () => Promise<true> },
): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += step) {
    await context.clock.fastForward(step);
    await idle();
  }
}

/** What open pages cost the backend. */
export function quietPages(story: () => PortalStory): void {
  it('asks less than 40 times in a quarter of an hour for a list and a store that are left open', async () => {
    const { browser, store, testbed } = story();
    const portalUrl = testbed.portal.baseUrl;
    // Belongs to the same team, so that signals come as well, and has no other page open.
    const visitor = await Visitor.signIn({
      browser,
      portalUrl,
      person: cleo,
      userAgent,
    });
    const { context } = visitor;
    await visitor.page.close();
    await context.clock.install();
    await answerLongPollsAtOnce(context);
    const idle = watchRequests(context);
    const list = await visitor.visitBeside('/stores');
    await list.getByRole('link', { name: store.name, exact: true }).waitFor();
    const detail = new StorePage(
      await visitor.visitBeside(`/stores/${store.id}`),
    );
    await detail.state('Ready').waitFor();
    // What the pages load once.
    await pass(30_000, { context, idle });

    const log = RequestLog.of(testbed.instance);
    const before = await log.requestsOf(userAgent);
    const countedBefore = await visitor.api.countedRequests();
    await pass(quarterHour, { context, idle });
    const counted = (await visitor.api.countedRequests()) - countedBefore - 1;
    const asked = (await log.requestsOf(userAgent)).slice(before.length);
    console.log(
      `In a quarter of an hour: ${
        asked.length
      } requests, ${counted} of them counted for the limit\n${summary(asked)}`,
    );
    await context.close();

    // Time has passed: the list alone is read every two minutes.
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.length).toBeLessThan(40);
    expect(counted).toBeGreaterThan(15);
    expect(counted).toBeLessThan(40);
  });
}

function summary(requests: LoggedRequest[]): string {
  const counts = new Map<string, number>();
  for (const { method, url } of requests) {
    const key = `${method} ${url}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} × ${key}`).join('\n');
}
