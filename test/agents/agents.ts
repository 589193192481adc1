/** How each agent is pointed at the scripted model, and started. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentName } from './model/start-model.ts';

export const AGENTS: readonly AgentName[] = ['claude-code', 'codex', 'gemini', 'opencode'];

/** Why rows about hooks cannot be had of an agent. */
export const WITHOUT_HOOKS: Readonly<Partial<Record<AgentName, string>>> = {
  opencode:
    'opencode has no hooks but plugins of its own, which connect does not write: its model has the tools alone, and boots, heartbeats and ends its session by them',
};

export interface AgentSetup {
  /** Settings of a person who has used the agent before: no questions at its first start. */
  prepare(home: string, project: string, modelUrl: string): void;
  environment(modelUrl: string): Readonly<Record<string, string>>;
  /** The command line of one prompt without a terminal. */
  headless(prompt: string): readonly [string, ...string[]];
  interactive: readonly [string, ...string[]];
}

const CLAUDE_KEY = 'sk-ant-fake-000000000000000000000000';

export const SETUPS: Readonly<Record<AgentName, AgentSetup>> = {
  'claude-code': {
    prepare(home, project) {
      const projects = {
        [project]: {
          hasTrustDialogAccepted: true,
          hasCompletedProjectOnboarding: true,
          enabledMcpjsonServers: ['fleetbeat'],
        },
      };
      const settings = {
        hasCompletedOnboarding: true,
        customApiKeyResponses: { approved: [CLAUDE_KEY.slice(-20)], rejected: [] },
        projects,
      };
      writeJson(join(home, '.claude.json'), settings);
    },
    environment: (modelUrl) => ({
      ANTHROPIC_BASE_URL: modelUrl,
      ANTHROPIC_API_KEY: CLAUDE_KEY,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
      IS_SANDBOX: '1',
    }),
    headless: (prompt) => ['claude', '-p', prompt, '--allowedTools', 'Bash,Read,mcp__fleetbeat'],
    interactive: ['claude'],
  },
  codex: {
    prepare(home, project, modelUrl) {
      const lines = [
        'model = "gpt-5"',
        'model_provider = "scripted"',
        'approval_policy = "on-request"',
        'sandbox_mode = "danger-full-access"',
        '[model_providers.scripted]',
        'name = "scripted"',
        `base_url = "${modelUrl}/v1"`,
        'env_key = "SCRIPTED_KEY"',
        'wire_api = "responses"',
        'requires_openai_auth = false',
        `[projects.${JSON.stringify(project)}]`,
        'trust_level = "trusted"',
      ];
      mkdirSync(join(home, '.codex'), { recursive: true });
      writeFileSync(join(home, '.codex/config.toml'), `${lines.join('\n')}\n`);
    },
    environment: () => ({ SCRIPTED_KEY: 'sk-fake' }),
    headless: (prompt) => ['codex', 'exec', '--dangerously-bypass-hook-trust', prompt],
    interactive: ['codex', '--dangerously-bypass-hook-trust'],
  },
  gemini: {
    prepare(home) {
      const settings = {
        security: { auth: { selectedType: 'gemini-api-key' } },
        general: { disableAutoUpdate: true, disableUpdateNag: true },
        privacy: { usageStatisticsEnabled: false },
      };
      writeJson(join(home, '.gemini/settings.json'), settings);
    },
    environment: (modelUrl) => ({
      GOOGLE_GEMINI_BASE_URL: modelUrl,
      GEMINI_API_KEY: 'fake-key-000',
      GEMINI_TELEMETRY_ENABLED: 'false',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
    }),
    headless: (prompt) => ['gemini', '-y', '-p', prompt],
    interactive: ['gemini'],
  },
  opencode: {
    prepare(home, _project, modelUrl) {
      const options = { baseURL: `${modelUrl}/v1`, apiKey: 'fake-key-000' };
      const provider = { npm: '@ai-sdk/openai-compatible', options, models: { 'gpt-5': {} } };
      const settings = {
        provider: { scripted: provider },
        model: 'scripted/gpt-5',
        small_model: 'scripted/gpt-5',
        autoupdate: false,
        share: 'disabled',
      };
      writeJson(join(home, '.config/opencode/opencode.json'), settings);
    },
    environment: () => ({
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    }),
    headless: (prompt) => ['opencode', 'run', prompt],
    interactive: ['opencode'],
  },
};

function writeJson(file: string, value: object): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(value, null, 2));
}
