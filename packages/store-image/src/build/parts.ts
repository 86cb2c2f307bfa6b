/** A part of the build, as a progress counts it. */
export interface StoreImagePart {
  id: StoreImagePartId;
  title: string;
  /** Seconds that it takes on two idle cores. */
  estimatedSeconds: number;
}

export type StoreImagePartId =
  | 'image-roots'
  | 'image-dependencies'
  | 'image-production'
  | 'image-server'
  | 'image-schema'
  | 'image-database'
  | 'image-warm-up'
  | 'image-archives';

/** The parts of `buildStoreImages`, in their order. */
export const storeImageParts: readonly StoreImagePart[] = [
  {
    id: 'image-roots',
    title: "system files of the shop's and the database's image",
    estimatedSeconds: 20,
  },
  {
    id: 'image-dependencies',
    title: 'packages that Medusa is made of',
    estimatedSeconds: 60,
  },
  {
    id: 'image-production',
    title: 'packages that a running shop needs',
    estimatedSeconds: 12,
  },
  {
    id: 'image-server',
    title: "the shop's server, admin and storefront",
    estimatedSeconds: 42,
  },
  {
    id: 'image-schema',
    title: "the shop's database schema",
    estimatedSeconds: 9,
  },
  {
    id: 'image-database',
    title: 'a database to start from',
    estimatedSeconds: 5,
  },
  {
    id: 'image-warm-up',
    title: 'a first boot and order',
    estimatedSeconds: 10,
  },
  {
    id: 'image-archives',
    title: 'archives of both images',
    estimatedSeconds: 18,
  },
];

/** Is told how far a build is. `@storeyard/local-cluster`'s PreparationProgress is one. */
export interface StoreImagesProgress {
  /** What lies ahead. */
  plan?(parts: StoreImagePart[]): void;
  start(id: string): void;
  /** `kept`: it was there before. */
  finish(id: string, status: 'done' | 'kept'): void;
}
