import { FIELD_MANAGER, type KubernetesObject } from '../cluster';

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
          fieldsV1: Object.fromEntries(
            Object.keys(content).map(field => [`f:${field}`, {}]),
          ),
        },
      ],
    },
  };
}
