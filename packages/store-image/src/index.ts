export { buildStoreImages, locateStoreImages } from './build/buildStoreImages';
export type {
  BuildStoreImagesOptions,
  BuiltImage,
  StoreImages,
} from './build/buildStoreImages';
export { storeImageParts } from './build/parts';
export type { StoreImagePart, StoreImagesProgress } from './build/parts';
export { medusaVersion } from './medusaVersion';
export { storeReference } from './storeImage';
export * from './shopper';
