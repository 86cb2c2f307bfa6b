import {
  FIELD_MANAGER,
  type FieldsV1,
  type KubernetesObject,
} from '../cluster';

/** An object that was created and not applied, as if the API server had answered that we hold all of it. */
export function asAnswer(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, ...content } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      managedFields: [
        {
          manager: FIELD_MANAGER,
          operation: 'Apply',
          apiVersion,
          fieldsType: 'FieldsV1',
          fieldsV1: fieldsOf(content),
        },
      ],
    },
  };
}

function fieldsOf(value: unknown): FieldsV1 {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      `f:${field}`,
      fieldsOf(content),
    ]),
  );
}
