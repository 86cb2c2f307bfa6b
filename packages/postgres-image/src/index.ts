export { createPostgresRoot, postgresSources } from './createPostgresRoot';
export type { CreatePostgresRootOptions } from './createPostgresRoot';
export {
  postgresImageConfig,
  postgresPrograms,
  postgresReference,
  postgresUserId,
  postgresVersion,
} from './postgresImage';
