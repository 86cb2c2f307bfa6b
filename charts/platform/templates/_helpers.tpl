{{- define "platform.labels" -}}
app.kubernetes.io/name: platform
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: storeyard
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/* The account, as a subject of a binding. */}}
{{- define "platform.subject" -}}
- kind: ServiceAccount
  name: {{ .Values.serviceAccount.name }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* The condition under which a policy looks at a request at all. */}}
{{- define "platform.byAccount" -}}
- name: by-the-portal
  expression: request.userInfo.username == 'system:serviceaccount:{{ .Release.Namespace }}:{{ .Values.serviceAccount.name }}'
{{- end -}}

{{- define "platform.storeIdLabel" -}}
{{ .Values.labelPrefix }}/store-id
{{- end -}}

{{- define "platform.generationAnnotation" -}}
{{ .Values.labelPrefix }}/generation
{{- end -}}
