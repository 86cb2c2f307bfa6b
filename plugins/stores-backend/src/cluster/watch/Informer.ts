import { setTimeout as delay } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import type { ClusterClient } from '../ClusterClient';
import { ClusterApiError } from '../ClusterError';
import type { KubernetesObject } from '../types';

const PAGE = 500;
/** The API server ends a watch after so many seconds, up to twice as many so that watches come apart. */
const WATCH_SECONDS = 300;
/** The API server sends a bookmark every minute: a connection on which two lack is dead. */
const SILENCE_MS = 150_000;
const PAUSE = { initialMs: 200, maximumMs: 20_000 };
/** A watch that ended sooner is a failure, whatever it ended with. */
const SHORT_WATCH_MS = 1_000;

export interface InformerOptions {
  client: ClusterClient;
  apiVersion: string;
  kind: string;
  labelSelector?: string;
  /** Takes away what nobody needs before an object is kept. */
  trim(object: KubernetesObject): KubernetesObject;
  /** Told of each object that came, changed or went, also while the first list is read. */
  onChange(object: KubernetesObject): void;
  /** Told when the kind is known for the first time. */
  onSynced(): void;
  /** Told of what ended a watch before its time; it is begun again after the pause. */
  onTrouble?(error: unknown, pauseMs: number): void;
  watchSeconds?: number;
  silenceMs?: number;
  /** For jitter, from 0 to below 1. */
  random?: () => number;
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & {
    code?: number;
    reason?: string;
    message?: string;
  };
}

/**
 * Keeps all objects of a kind as the API server last told them: lists them once, in pages, and follows their changes. After
 * any error it goes on where it was; when the server no longer knows that place, or the kubeconfig leads elsewhere, it
 * lists again.
 */
export class Informer {
  static create(options: InformerOptions): Informer {
    return new Informer(options);
  }

  private readonly objects = new Map<string, KubernetesObject>();
  private readonly byNamespace = new Map<
    string,
    Map<string, KubernetesObject>
  >();
  private position: { version: string; epoch: number } | undefined;
  private loop: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private heardAt: number | undefined;
  private known = false;

  private constructor(private readonly options: InformerOptions) {}

  /** Whether the kind was listed and, as far as we know, is followed. */
  get synced(): boolean {
    return (
      this.known &&
      this.position?.epoch === this.options.client.connection.epoch
    );
  }

  /** Up to where the changes of the cluster are known. */
  get version(): bigint {
    return BigInt(this.position?.version ?? 0);
  }

  /** Seconds since the API server said anything of this kind; undefined before it did. */
  get silentSeconds(): number | undefined {
    return this.heardAt === undefined
      ? undefined
      : (performance.now() - this.heardAt) / 1000;
  }

  start(): void {
    this.loop ??= this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  get(name: string, namespace = ''): KubernetesObject | undefined {
    return this.byNamespace.get(namespace)?.get(name);
  }

  list(namespace?: string): KubernetesObject[] {
    const found =
      namespace === undefined ? this.objects : this.byNamespace.get(namespace);
    return [...(found?.values() ?? [])];
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const begun = performance.now();
      try {
        if (!this.isPlaceKnown()) await this.relist(signal);
        await this.follow(signal);
        if (performance.now() - begun >= SHORT_WATCH_MS) {
          failures = 0;
          continue;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (isPlaceGone(error)) this.position = undefined;
        if (performance.now() - begun > PAUSE.maximumMs) failures = 0;
        this.options.onTrouble?.(error, this.pause(failures));
      }
      await delay(this.pause(failures), undefined, { signal }).catch(() => {
        // Stopped while it waited; the loop ends by its condition.
      });
      failures += 1;
    }
  }

  private isPlaceKnown(): boolean {
    return this.position?.epoch === this.options.client.connection.epoch;
  }

  private async relist(signal: AbortSignal): Promise<void> {
    const { apiVersion, client, kind, labelSelector } = this.options;
    const found = new Map<string, KubernetesObject>();
    let next: string | undefined;
    let version: string;
    let epoch: number;
    do {
      const page = await client.listPage({
        apiVersion,
        kind,
        labelSelector,
        limit: PAGE,
        continueAt: next,
        signal,
      });
      epoch = client.connection.epoch;
      this.heard();
      for (const object of page.items) {
        const trimmed = this.options.trim(object);
        found.set(keyOf(trimmed), trimmed);
      }
      next = page.continueAt;
      version = page.resourceVersion;
    } while (next);
    this.replaceAll(found);
    this.position = { version, epoch };
    if (this.known) return;
    this.known = true;
    this.options.onSynced();
  }

  private replaceAll(found: Map<string, KubernetesObject>): void {
    for (const [key, object] of this.objects) {
      if (!found.has(key)) this.remove(object);
    }
    for (const [key, object] of found) {
      const before = this.objects.get(key);
      if (
        before?.metadata.resourceVersion !== object.metadata.resourceVersion ||
        before?.metadata.uid !== object.metadata.uid
      ) {
        this.put(object);
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { apiVersion, client, kind, labelSelector } = this.options;
    const { position } = this;
    if (!position) return;
    const random = this.options.random ?? Math.random;
    const seconds = this.options.watchSeconds ?? WATCH_SECONDS;
    const events = client.watch({
      apiVersion,
      kind,
      labelSelector,
      epoch: position.epoch,
      resourceVersion: position.version,
      timeoutSeconds: Math.round(seconds * (1 + random())),
      silenceMs: this.options.silenceMs ?? SILENCE_MS,
      signal,
    });
    for await (const event of events) {
      if (client.connection.epoch !== position.epoch) return;
      this.heard();
      this.take(event as WatchEvent);
    }
  }

  private take({ type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      throw new ClusterApiError(
        `watch ${this.options.kind}`,
        object.code ?? 500,
        object.reason,
        object.message ?? 'the watch ended with an error',
      );
    }
    const { resourceVersion } = object.metadata;
    if (type === 'DELETED') this.remove(object);
    else if (type !== 'BOOKMARK') this.put(this.options.trim(object));
    if (resourceVersion && this.position) {
      this.position = { ...this.position, version: resourceVersion };
    }
  }

  private put(object: KubernetesObject): void {
    const { name, namespace = '' } = object.metadata;
    this.objects.set(keyOf(object), object);
    const siblings = this.byNamespace.get(namespace) ?? new Map();
    siblings.set(name, object);
    this.byNamespace.set(namespace, siblings);
    this.options.onChange(object);
  }

  private remove(object: KubernetesObject): void {
    const { name, namespace = '' } = object.metadata;
    this.objects.delete(keyOf(object));
    const siblings = this.byNamespace.get(namespace);
    siblings?.delete(name);
    if (siblings?.size === 0) this.byNamespace.delete(namespace);
    this.options.onChange(object);
  }

  private heard(): void {
    this.heardAt = performance.now();
  }

  /** Doubles with each failure in a row; between half and all of it, so that watches that fell together come apart. */
  private pause(failures: number): number {
    const random = this.options.random ?? Math.random;
    const full = Math.min(
      PAUSE.maximumMs,
      PAUSE.initialMs * 2 ** Math.min(failures, 20),
    );
    return Math.round(full / 2 + (full / 2) * random());
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The server no longer knows the changes since then, or the page that comes next. */
function isPlaceGone(error: unknown): boolean {
  return (
    isError(error) && error instanceof ClusterApiError && error.status === 410
  );
}
