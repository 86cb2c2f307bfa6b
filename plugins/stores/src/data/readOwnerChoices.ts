import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { ownerName } from '../models/ownerName';

/** A group that a store may be given to. */
export interface OwnerChoice {
  ref: string;
  title: string;
}

/** Options of {@link readOwnerChoices}. */
export interface ReadOwnerChoicesOptions {
  identity: Pick<IdentityApi, 'getBackstageIdentity'>;
  catalog: Pick<CatalogApi, 'getEntitiesByRefs'>;
}

const fields = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
];

function titleOf({ metadata, spec }: Entity): string | undefined {
  const profile = spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return typeof displayName === 'string' && displayName !== ''
    ? displayName
    : metadata.title;
}

function toChoice(ref: string, entity: Entity | undefined): OwnerChoice {
  return { ref, title: (entity && titleOf(entity)) ?? ownerName(ref) };
}

/**
 * The groups that whoever is signed in may give a new store to: those that
 * they act for, as their sign-in resolved them.
 */
export async function readOwnerChoices({
  identity,
  catalog,
}: ReadOwnerChoicesOptions): Promise<OwnerChoice[]> {
  const { ownershipEntityRefs } = await identity.getBackstageIdentity();
  const ownRefs = ownershipEntityRefs.filter(
    ref => parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group',
  );
  const { items } = await catalog.getEntitiesByRefs({
    entityRefs: ownRefs,
    fields,
  });
  return ownRefs
    .map((ref, index) => toChoice(ref, items[index]))
    .sort((one, other) => one.title.localeCompare(other.title));
}
