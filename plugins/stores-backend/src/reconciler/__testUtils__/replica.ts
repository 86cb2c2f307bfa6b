import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import {
  DatabaseEventLog,
  DatabaseInstallationRepository,
  DatabaseStoreRepository,
} from '../../database';
import { DerivedSecrets, EngineRegistry, MedusaEngine } from '../../engines';
import { StoreLeases } from '../leases';
import { Orchestrator } from '../Orchestrator';
import type { OrchestratorConfig } from '../OrchestratorConfig';

/** What a replica is told in the variable `STOREYARD_REPLICA`, as JSON. */
export interface ReplicaSettings {
  connection: object;
  config: Omit<OrchestratorConfig, 'plans'>;
}

function say(level: string, message: string, meta?: unknown): void {
  const more = meta instanceof Error ? ` ${meta.stack}` : '';
  process.stdout.write(
    `${new Date().toISOString()} ${level} ${message}${more}\n`,
  );
}

const logger: LoggerService = {
  error: (message, meta) => say('error', message, meta),
  warn: (message, meta) => say('warn', message, meta),
  info: (message, meta) => say('info', message, meta),
  debug: () => {},
  child: () => logger,
};

/** The loop as a process of its own, until it gets SIGTERM. */
async function run(): Promise<void> {
  const { connection, config }: ReplicaSettings = JSON.parse(
    process.env.STOREYARD_REPLICA ?? '{}',
  );
  const knex = knexFactory({ client: 'pg', connection });
  const events = DatabaseEventLog.create({ knex });
  const orchestrator = Orchestrator.create({
    repository: DatabaseStoreRepository.create({ knex, events }),
    events,
    installation: DatabaseInstallationRepository.create({
      knex,
      secretKeyFingerprint: DerivedSecrets.create(config).fingerprint(),
    }),
    engines: EngineRegistry.create([MedusaEngine.create()]),
    leases: StoreLeases.create({
      knex,
      logger,
      durationSeconds: config.leaseSeconds,
    }),
    logger,
    config: {
      ...config,
      plans: new Map([
        ['small', {}],
        ['large', { medusa: { heapMegabytes: 400 } }],
      ]),
    },
  });
  const ended = new Promise<void>(resolve =>
    process.once('SIGTERM', () => resolve()),
  );
  await orchestrator.start();
  say('info', 'started');
  await ended;
  await orchestrator.stop();
  await knex.destroy();
}

run().then(
  () => process.exit(0),
  error => {
    say('error', 'ended', error);
    process.exit(1);
  },
);
