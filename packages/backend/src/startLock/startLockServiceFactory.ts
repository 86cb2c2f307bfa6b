import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { StartLock } from './StartLock';

const startLockServiceRef = createServiceRef<StartLock | undefined>({
  id: 'storeyard.start-lock',
  scope: 'root',
});

/** Has replicas start one after the other: taken before the first plugin begins, released when all of them have started. */
export const startLockServiceFactory = createServiceFactory({
  service: startLockServiceRef,
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async factory({ config, lifecycle, logger }) {
    const lock = await StartLock.take({
      database: config.getConfig('backend.database'),
      logger,
    });
    if (lock !== undefined) {
      lifecycle.addStartupHook(() => lock.release());
      lifecycle.addShutdownHook(() => lock.release());
    }
    return lock;
  },
});
