import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { storeEnginesExtensionPoint } from '@storeyard/backstage-plugin-stores-node';
import { CallerResolver, createRouter, PlanCatalog } from './api';
import { chartDirectory } from './chartDirectory';
import {
  DatabaseEventLog,
  DatabaseInstallationRepository,
  DatabaseStoreRepository,
  migrateDatabase,
} from './database';
import { DerivedSecrets, EngineRegistry, MedusaEngine } from './engines';
import { StoreAccess } from './permissions';
import { Orchestrator, readOrchestratorConfig } from './reconciler';

/** Orders stores, keeps them running and takes them down again: the backend of Storeyard. */
export const storesPlugin = createBackendPlugin({
  pluginId: 'stores',
  register(env) {
    const engines = EngineRegistry.create([MedusaEngine.create()]);
    env.registerExtensionPoint(storeEnginesExtensionPoint, engines);

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
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

        const orchestrator = Orchestrator.create({
          config: {
            ...settings,
            chart: { ...chart, path: chartDirectory(config) },
          },
          engines,
          events,
          installation,
          logger,
          repository: stores,
        });
        const shutdown = new AbortController();
        lifecycle.addStartupHook(() => orchestrator.start());
        lifecycle.addShutdownHook(async () => {
          shutdown.abort();
          await orchestrator.stop();
        });

        const access = StoreAccess.create({
          permissions: services.permissions,
          permissionsRegistry: services.permissionsRegistry,
          getStores: ids => Promise.all(ids.map(id => stores.get(id))),
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
            logger,
            orchestrator,
            permissions: services.permissions,
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
