import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import request from 'supertest';
import scaffolderModuleStores from '..';
import type { StandInStores } from './StandInStores';

/** A task as the scaffolder's API shows it. */
export interface Task {
  id: string;
  status: string;
}

/** One line of a task's log. */
export interface TaskEvent {
  type: string;
  body: { message: string; output?: Record<string, unknown> };
}

/** The real scaffolder with our module, before a stand-in of the stores plugin. */
export async function startScaffolder(options: {
  stores: StandInStores;
  template: Entity;
}) {
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleStores,
      catalogServiceMock.factory({ entities: [options.template] }),
      createBackendPlugin({
        pluginId: 'stores',
        register(env) {
          env.registerInit({
            deps: { http: coreServices.httpRouter },
            async init({ http }) {
              http.use(options.stores.router());
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          scaffolder: { taskRecovery: { enabled: true } },
        },
      }),
    ],
  });
  const scaffolder = request(backend.server);
  const get = async <T>(path: string): Promise<T> => {
    const response = await scaffolder.get(`/api/scaffolder${path}`);
    if (!response.ok) {
      throw new Error(`GET ${path}: ${response.status} ${response.text}`);
    }
    return response.body;
  };
  const post = (path: string, body: object) =>
    scaffolder.post(`/api/scaffolder${path}`).send(body);

  return {
    get,
    post,
    stop: () => backend.stop(),
    /** Resolves to a task's log once it ended. */
    async ended(id: string): Promise<{ status: string; events: TaskEvent[] }> {
      const deadline = Date.now() + 50_000;
      for (;;) {
        const { status } = await get<Task>(`/v2/tasks/${id}`);
        if (!['open', 'processing'].includes(status)) {
          return {
            status,
            events: await get<TaskEvent[]>(`/v2/tasks/${id}/events`),
          };
        }
        if (Date.now() > deadline) {
          throw new Error(`Task ${id} is still ${status}`);
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
  };
}
