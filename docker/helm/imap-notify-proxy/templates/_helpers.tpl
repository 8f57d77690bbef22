{{- define "inp.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "inp.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "inp.labels" -}}
{{ include "inp.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* The file that the proxy reads: what the operator says, and what the chart knows. */}}
{{- define "inp.config" -}}
{{- if not (dig "upstream" "url" "" .Values.config) }}{{ fail "config.upstream.url: missing, expected imap://HOST or imaps://HOST" }}{{ end }}
{{- $own := dict "drain" (dict "delay" (printf "%ds" (int .Values.drain.delaySeconds)) "spread" (printf "%ds" (int .Values.drain.spreadSeconds))) }}
{{- if .Values.tls.secretName }}
{{- $_ := set $own "listeners" (dict "listen-tls" (list "0.0.0.0:1993")) }}
{{- $_ := set $own "tls" (dict "cert" "/etc/imap-notify-proxy/tls/tls.crt" "key" "/etc/imap-notify-proxy/tls/tls.key") }}
{{- end }}
{{- if .Values.upstreamCa.secretName }}
{{- $_ := set $own "upstream" (dict "ca" (printf "/etc/imap-notify-proxy/upstream-ca/%s" .Values.upstreamCa.key)) }}
{{- end }}
{{- if .Values.masterUser.secretName }}
{{- $name := required "masterUser.name: missing, the secret holds only the password" .Values.masterUser.name }}
{{- $_ := set $own "watch" (dict "master-user" $name "master-password-file" (printf "/etc/imap-notify-proxy/master/%s" .Values.masterUser.key)) }}
{{- end }}
{{- if .Values.managementToken.secretName }}
{{- $_ := set $own "management" (dict "token-file" (printf "/etc/imap-notify-proxy/token/%s" .Values.managementToken.key)) }}
{{- end }}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) $own) }}
{{- end }}

{{/* The folders of secrets, as folder and secret. */}}
{{- define "inp.secrets" -}}
{{- with .Values.tls.secretName }}{{ printf "tls=%s " . }}{{ end }}
{{- with .Values.upstreamCa.secretName }}{{ printf "upstream-ca=%s " . }}{{ end }}
{{- with .Values.masterUser.secretName }}{{ printf "master=%s " . }}{{ end }}
{{- with .Values.managementToken.secretName }}{{ printf "token=%s " . }}{{ end }}
{{- end }}
