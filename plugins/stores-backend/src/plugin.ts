import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { registerStoreActions } from './actions';
import { replicaName, StoreAnnouncer } from './announcements';
import {
  storeEnginesExtensionPoint,
  storesServiceRef,
} from '@storeyard/backstage-plugin-stores-node';
import {
  CallerResolver,
  createRouter,
  PlanCatalog,
  RateLimits,
  readRateLimitConfig,
  readStoreQuota,
} from './api';
import { chartDirectory } from './chartDirectory';
import { packageVersion } from './packageVersion';
import {
  DatabaseEventLog,
  DatabaseInstallationRepository,
  DatabaseRateLimitStore,
  DatabaseStoreRepository,
  DeletedStoreRetention,
  isSqlite,
  migrateDatabase,
  readDeletedDays,
} from './database';
import { DerivedSecrets, EngineRegistry, MedusaEngine } from './engines';
import { StoreAccess } from './permissions';
import { MetricsListener, showMetrics, StoreMetrics } from './metrics';
import { StoreNotifier } from './notifications';
import {
  Orchestrator,
  readOrchestratorConfig,
  StoreLeases,
} from './reconciler';

/**
 * Orders stores, keeps them running and takes them down again: the backend of Storeyard.
 *
 * @public
 */
export const storesPlugin = createBackendPlugin({
  pluginId: 'stores',
  register(env) {
    const engines = EngineRegistry.create([MedusaEngine.create()]);
    env.registerExtensionPoint(storeEnginesExtensionPoint, engines);

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        bus: eventsServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        storesService: storesServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { config, lifecycle, logger } = services;
        const plans = PlanCatalog.fromConfig(config);
        const { chart, ...settings } = readOrchestratorConfig(config);
        const knex = await migrateDatabase(services.database);
        const events = DatabaseEventLog.create({ knex });
        const stores = DatabaseStoreRepository.create({ knex, events });
        const installation = DatabaseInstallationRepository.create({
          knex,
          secretKeyFingerprint: DerivedSecrets.create(settings).fingerprint(),
        });
        // Refuses a key that is not the one of the stores that are there.
        await installation.get();

        const metrics = StoreMetrics.create({
          countByState: () => stores.countByState(),
        });
        const shownMetrics = showMetrics({ metrics, stores });
        events.subscribe(committed => metrics.committed(committed));

        const leases = StoreLeases.create({
          knex,
          logger,
          durationSeconds: settings.leaseSeconds,
          soleReplica: isSqlite(knex),
          version: packageVersion(),
        });
        const orchestrator = Orchestrator.create({
          config: {
            ...settings,
            chart: { ...chart, path: chartDirectory(config) },
          },
          engines,
          events,
          installation,
          leases,
          logger,
          metrics,
          repository: stores,
        });
        const shutdown = new AbortController();
        lifecycle.addStartupHook(() => orchestrator.start());
        lifecycle.addShutdownHook(async () => {
          shutdown.abort();
          await orchestrator.stop();
        });

        const announcer = StoreAnnouncer.create({
          ...services,
          replica: replicaName(config),
          events,
          stores,
          platformAdmins:
            config.getOptionalStringArray('stores.platformAdmins') ?? [],
          enqueue: storeId => orchestrator.enqueue(storeId),
        });
        lifecycle.addStartupHook(() => announcer.start());
        lifecycle.addShutdownHook(() => announcer.stop());

        if (config.getOptionalBoolean('stores.notifications.enabled') ?? true) {
          const notifier = StoreNotifier.create({
            ...services,
            events,
            stores,
            isOurs: () => leases.prefers('notifications'),
          });
          lifecycle.addStartupHook(() => notifier.start());
          lifecycle.addShutdownHook(() => notifier.stop());
        }

        const retention = DeletedStoreRetention.create({
          knex,
          logger,
          scheduler: services.scheduler,
          days: readDeletedDays(config),
        });
        lifecycle.addStartupHook(() => retention.start());

        const listen = config.getOptionalString('stores.metrics.listen');
        if (listen !== undefined) {
          const listener = MetricsListener.create({
            listen,
            logger,
            metrics: shownMetrics,
          });
          lifecycle.addStartupHook(async () => {
            await listener.start();
          });
          lifecycle.addShutdownHook(() => listener.stop());
        }

        const access = StoreAccess.create({
          permissions: services.permissions,
          permissionsRegistry: services.permissionsRegistry,
          getStores: ids => Promise.all(ids.map(id => stores.get(id))),
        });
        registerStoreActions({
          registry: services.actionsRegistry,
          stores: services.storesService,
        });
        services.httpRouter.use(
          createRouter({
            access,
            auditor: services.auditor,
            callers: CallerResolver.create({
              auth: services.auth,
              httpAuth: services.httpAuth,
              userInfo: services.userInfo,
              defaultOwner: config.getOptionalString('stores.defaultOwner'),
            }),
            engines,
            events,
            limits: RateLimits.create({
              auth: services.auth,
              config: readRateLimitConfig(config),
              storeOf: prefix =>
                DatabaseRateLimitStore.create({ knex, prefix }),
            }),
            logger,
            maximumStoresPerOwner: readStoreQuota(config),
            metrics: shownMetrics,
            orchestrator,
            plans,
            preparationFile: config.getOptionalString('stores.preparationFile'),
            shutdown: shutdown.signal,
            stores,
          }),
        );
      },
    });
  },
});
