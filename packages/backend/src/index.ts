import { createBackend } from '@backstage/backend-defaults';
import { stringifyError } from '@backstage/errors';

const backend = createBackend();

backend.add(import('./startLock'));

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./signIn'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissions'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(
  import('@storeyard/backstage-plugin-catalog-backend-module-stores'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@storeyard/backstage-plugin-scaffolder-backend-module-stores'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('./kubernetes'));

backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@storeyard/backstage-plugin-stores-backend'));

// A backend that can't start would otherwise stay alive and never become ready.
backend.start().catch(error => {
  console.error(`The backend could not start: ${stringifyError(error)}`);
  process.exit(1);
});
