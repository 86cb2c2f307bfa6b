export { replicaName } from './replicaName';
export {
  StoreAnnouncer,
  storesSignalChannel,
  type StoreAnnouncerOptions,
} from './StoreAnnouncer';
export { storesTopic, type StoreCommit } from './StoreCommit';
