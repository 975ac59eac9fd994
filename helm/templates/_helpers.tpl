{{/* The release's name with the chart's, short enough for every kind of object. */}}
{{- define "saas.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What every object of this release carries, and what never changes on a running one. */}}
{{- define "saas.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "saas.labels" -}}
{{ include "saas.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "saas.image" -}}
{{- $where := required "image.repository is empty: say where your image lies, for example --set image.repository=registry.example.org/saas-1519" .Values.image.repository -}}
{{- printf "%s:%s" $where (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{- define "saas.secret" -}}
{{- required "existingSecret is empty: name a Secret with the keys database-url, owner-url, secret-key and master-key; helm/README.md shows how to make it" .Values.existingSecret -}}
{{- end -}}

{{- define "saas.claim" -}}
{{- .Values.files.existingClaim | default (printf "%s-files" (include "saas.name" .)) -}}
{{- end -}}

{{/* One variable from the Secret: (list $ "NAME" "key"). */}}
{{- define "saas.fromSecret" -}}
{{- $root := index . 0 -}}
- name: {{ index . 1 }}
  valueFrom:
    secretKeyRef:
      name: {{ include "saas.secret" $root }}
      key: {{ index . 2 }}
{{- end -}}

{{/*
The settings that all processes read. Numbers go through int64: a large one would come out of the
values as a power of ten, which the settings refuse.
*/}}
{{- define "saas.env" -}}
{{ include "saas.fromSecret" (list . "SAAS_DATABASE_URL" "database-url") }}
{{ include "saas.fromSecret" (list . "SAAS_SECRET_KEY" "secret-key") }}
{{ include "saas.fromSecret" (list . "SAAS_MASTER_KEY" "master-key") }}
- name: SAAS_ROLE_PREFIX
  value: {{ .Values.rolePrefix | quote }}
- name: SAAS_POOL_SIZE
  value: {{ .Values.web.threads | int64 | quote }}
- name: SAAS_UPLOAD_LIMIT
  value: {{ .Values.uploadLimit | int64 | quote }}
- name: SAAS_COOKIE_SECURE
  value: {{ ternary "yes" "no" .Values.cookieSecure | quote }}
- name: SAAS_TRUSTED_PROXIES
{{- if kindIs "invalid" .Values.trustedProxies }}
  value: {{ ternary "1" "0" .Values.ingress.enabled | quote }}
{{- else }}
  value: {{ .Values.trustedProxies | int64 | quote }}
{{- end }}
{{- with .Values.baseDomain }}
- name: SAAS_BASE_DOMAIN
  value: {{ . | quote }}
{{- end }}
{{- with .Values.publicUrl }}
- name: SAAS_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.contact }}
- name: SAAS_CONTACT
  value: {{ . | quote }}
{{- end }}
{{- with .Values.mail.from }}
- name: SAAS_MAIL_FROM
  value: {{ . | quote }}
{{- end }}
{{- if .Values.citus }}
- name: SAAS_CITUS
  value: "on"
{{- end }}
- name: SAAS_WEBHOOK_PRIVATE
  value: {{ ternary "yes" "no" .Values.webhooks.private | quote }}
{{- end -}}

{{/* The owner of the database: for processes that make and change districts, never for the web. */}}
{{- define "saas.ownerEnv" -}}
{{ include "saas.fromSecret" (list . "SAAS_OWNER_URL" "owner-url") }}
{{- end -}}

{{/* The mail server with its password: for the process that sends, never for the web. */}}
{{- define "saas.mailEnv" -}}
{{- if .Values.mail.from }}
{{ include "saas.fromSecret" (list . "SAAS_SMTP_URL" "smtp-url") }}
{{- end }}
{{- end -}}

{{- define "saas.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/*
What all pods have in common. Service links are off because a Service whose name begins with "saas"
would put variables into every pod that look like settings, and unknown settings are refused.
*/}}
{{- define "saas.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* A volume that one node only can write to needs all of its pods on that node. */}}
{{- define "saas.together" -}}
{{- if and (not .Values.files.existingClaim) (eq .Values.files.accessMode "ReadWriteOnce") }}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "saas.selector" . | nindent 12 }}
            saas-1519/files: shared
{{- end }}
{{- end -}}

{{- define "saas.volumes" -}}
volumes:
  - name: files
    persistentVolumeClaim:
      claimName: {{ include "saas.claim" . }}
  - name: scratch
    emptyDir:
      sizeLimit: 512Mi
{{- end -}}

{{/*
A question to the web process: (list $ "/path"). Kubernetes asks by the pod's address, which with a
base domain is nobody's host, so the question names the host.
*/}}
{{- define "saas.probe" -}}
httpGet:
  path: {{ index . 1 }}
  port: http
  {{- with (index . 0).Values.baseDomain }}
  httpHeaders:
    - name: Host
      value: {{ . }}
  {{- end }}
timeoutSeconds: 5
{{- end -}}

{{/* Hosts that the Ingress answers to. */}}
{{- define "saas.hosts" -}}
{{- $hosts := .Values.ingress.hosts -}}
{{- with .Values.baseDomain -}}
{{- $hosts = concat (list . (printf "*.%s" .)) $hosts -}}
{{- end -}}
{{- if not $hosts -}}
{{- fail "ingress.enabled needs baseDomain or ingress.hosts: say under which name the service is reached" -}}
{{- end -}}
{{- toYaml $hosts -}}
{{- end -}}

{{/* A job of `saas backup`: root, what, schedule, claim, args; secret: the key that opens them. */}}
{{- define "saas.backupJob" }}
{{- $root := .root }}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ include "saas.name" $root }}-{{ .what }}
  labels:
    {{- include "saas.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .what }}
spec:
  schedule: {{ .schedule | quote }}
  concurrencyPolicy: Forbid
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 1
      template:
        metadata:
          labels:
            {{- include "saas.labels" $root | nindent 12 }}
            app.kubernetes.io/component: {{ .what }}
            saas-1519/files: shared
        spec:
          {{- include "saas.pod" $root | nindent 10 }}
          {{- include "saas.together" $root | nindent 10 }}
          restartPolicy: Never
          containers:
            - name: {{ .what }}
              image: {{ include "saas.image" $root }}
              imagePullPolicy: {{ $root.Values.image.pullPolicy }}
              command: [saas, backup]
              args:
                {{- toYaml .args | nindent 16 }}
              env:
                {{- include "saas.env" $root | nindent 16 }}
                {{- include "saas.ownerEnv" $root | nindent 16 }}
                - name: SAAS_DATA_DIR
                  value: /data
              {{- include "saas.containerSecurity" $root | nindent 14 }}
              resources:
                {{- toYaml $root.Values.backup.resources | nindent 16 }}
              volumeMounts:
                - name: files
                  mountPath: /data
                - name: scratch
                  mountPath: /tmp
                - name: backups
                  mountPath: /backups
                {{- if .secret }}
                - name: key
                  mountPath: /key
                  readOnly: true
                {{- end }}
          {{- include "saas.volumes" $root | nindent 10 }}
            - name: backups
              persistentVolumeClaim:
                claimName: {{ .claim }}
            {{- with .secret }}
            - name: key
              secret:
                secretName: {{ . }}
                items:
                  - {key: backup-key, path: key}
            {{- end }}
{{- end }}
