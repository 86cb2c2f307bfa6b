{{/* The store's id: DNS label, at most 40 characters. */}}
{{- define "medusa-store.id" -}}
{{- $id := .Values.store.id | default .Release.Name -}}
{{- if not (regexMatch "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$" $id) -}}
{{- fail (printf "store.id: '%s' is not a DNS label of at most 40 characters (left empty, it is the release's name)" $id) -}}
{{- end -}}
{{- $id -}}
{{- end -}}

{{- define "medusa-store.namespace" -}}
{{- if .Values.namespace.create -}}
{{- $namespace := printf "store-%s" (include "medusa-store.id" .) -}}
{{- if eq $namespace .Release.Namespace -}}
{{- fail (printf "namespace.create: the release can't be recorded in '%s' and make it too; leave out --namespace or set namespace.create=false" $namespace) -}}
{{- end -}}
{{- $namespace -}}
{{- else -}}
{{- .Release.Namespace -}}
{{- end -}}
{{- end -}}

{{- define "medusa-store.name" -}}
{{- .Values.store.name | default (include "medusa-store.id" .) -}}
{{- end -}}

{{/* Labels that stay the same for as long as the store lives: selectors and claim templates can't change. */}}
{{- define "medusa-store.identityLabels" -}}
app.kubernetes.io/instance: {{ include "medusa-store.id" . | quote }}
app.kubernetes.io/part-of: storeyard
storeyard.dev/store-id: {{ include "medusa-store.id" . | quote }}
{{- with .Values.installation }}
storeyard.dev/installation: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "medusa-store.commonLabels" -}}
{{ include "medusa-store.identityLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "medusa-store.labels" -}}
app.kubernetes.io/name: medusa-store
{{ include "medusa-store.commonLabels" . }}
{{- end -}}

{{- define "medusa-store.annotations" -}}
storeyard.dev/generation: {{ .Values.store.generation | int64 | quote }}
{{- end -}}

{{- define "medusa-store.shop.selectorLabels" -}}
app.kubernetes.io/name: medusa-api
app.kubernetes.io/instance: {{ include "medusa-store.id" . | quote }}
{{- end -}}

{{- define "medusa-store.shop.labels" -}}
app.kubernetes.io/name: medusa-api
app.kubernetes.io/component: shop
app.kubernetes.io/version: {{ include "medusa-store.shop.tag" . | trunc 63 | trimAll "._-" | quote }}
{{ include "medusa-store.commonLabels" . }}
{{- end -}}

{{- define "medusa-store.shop.podLabels" -}}
app.kubernetes.io/name: medusa-api
app.kubernetes.io/component: shop
{{ include "medusa-store.identityLabels" . }}
{{- end -}}

{{- define "medusa-store.shop.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{- define "medusa-store.database.selectorLabels" -}}
app.kubernetes.io/name: postgres
app.kubernetes.io/instance: {{ include "medusa-store.id" . | quote }}
{{- end -}}

{{- define "medusa-store.database.labels" -}}
app.kubernetes.io/name: postgres
app.kubernetes.io/component: database
app.kubernetes.io/version: {{ .Values.postgres.image.tag | trunc 63 | trimAll "._-" | quote }}
{{ include "medusa-store.commonLabels" . }}
{{- end -}}

{{- define "medusa-store.database.podLabels" -}}
app.kubernetes.io/name: postgres
app.kubernetes.io/component: database
{{ include "medusa-store.identityLabels" . }}
{{- end -}}

{{- define "medusa-store.test.selectorLabels" -}}
app.kubernetes.io/name: medusa-api-test
app.kubernetes.io/instance: {{ include "medusa-store.id" . | quote }}
{{- end -}}

{{- define "medusa-store.test.labels" -}}
app.kubernetes.io/name: medusa-api-test
app.kubernetes.io/component: test
{{ include "medusa-store.commonLabels" . }}
{{- end -}}

{{/* Annotations of what exists only while `helm test` runs; the argument is [root, weight]. */}}
{{- define "medusa-store.test.annotations" -}}
{{ include "medusa-store.annotations" (first .) }}
helm.sh/hook: test
helm.sh/hook-weight: {{ last . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
helm.sh/hook-output-log-policy: hook-succeeded,hook-failed
{{- end -}}

{{- define "medusa-store.host" -}}
{{- printf "%s.%s" (include "medusa-store.id" .) .Values.ingress.baseDomain -}}
{{- end -}}

{{/* All hosts of the store as a JSON array, the main one first. */}}
{{- define "medusa-store.hosts" -}}
{{- $hosts := list (include "medusa-store.host" .) -}}
{{- range .Values.ingress.aliasDomains -}}
{{- $hosts = append $hosts (printf "%s.%s" (include "medusa-store.id" $) .) -}}
{{- end -}}
{{- $hosts | uniq | toJson -}}
{{- end -}}

{{/* ":port", or nothing when the scheme implies it. */}}
{{- define "medusa-store.port" -}}
{{- $implied := ternary 443 80 (eq .Values.ingress.scheme "https") -}}
{{- if ne (int .Values.ingress.port) $implied -}}
{{- printf ":%d" (int .Values.ingress.port) -}}
{{- end -}}
{{- end -}}

{{- define "medusa-store.url" -}}
{{- printf "%s://%s%s" .Values.ingress.scheme (include "medusa-store.host" .) (include "medusa-store.port" .) -}}
{{- end -}}

{{/* The origins under which browsers see the store, comma-separated as Medusa reads them. */}}
{{- define "medusa-store.origins" -}}
{{- $origins := list -}}
{{- range include "medusa-store.hosts" . | fromJsonArray -}}
{{- $origins = append $origins (printf "%s://%s%s" $.Values.ingress.scheme . (include "medusa-store.port" $)) -}}
{{- end -}}
{{- join "," $origins -}}
{{- end -}}

{{- define "medusa-store.adminEmail" -}}
{{- .Values.shop.adminEmail | default (printf "admin@%s" (include "medusa-store.host" .)) -}}
{{- end -}}

{{- define "medusa-store.databaseSecret" -}}
{{- .Values.secrets.database | default "database-credentials" -}}
{{- end -}}

{{- define "medusa-store.shopSecret" -}}
{{- .Values.secrets.shop | default "shop-credentials" -}}
{{- end -}}

{{- define "medusa-store.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "medusa-store.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Storeyard keeps the ConfigMap beside the chart: since when the store has data, so that neither program starts on none. */}}
{{- define "medusa-store.factsEnvironment" -}}
- name: STORE_HAS_DATA_SINCE
  valueFrom:
    configMapKeyRef: { name: store-facts, key: hasDataSince, optional: true }
{{- end -}}
