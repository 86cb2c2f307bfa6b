export { buildStoreImages } from './build/buildStoreImages';
export type { BuildStoreImagesOptions } from './build/buildStoreImages';
export { locateStoreImages } from './build/storeImagesRecord';
export type { BuiltImage, StoreImages } from './build/storeImagesRecord';
export { storeImageParts } from './build/parts';
export type { StoreImagePart, StoreImagesProgress } from './build/parts';
export { medusaVersion } from './medusaVersion';
export { storeReference } from './storeImage';
export * from './shopper';
