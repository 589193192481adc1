import { defineCommand } from '../command.ts';
import { listCommands } from '../list-commands.ts';
import { bashScript, fishScript } from './scripts.ts';

export const command = defineCommand({
  summary: 'Print a script that completes commands and options in a shell',
  arguments: [{ name: 'shell', choices: ['bash', 'zsh', 'fish'], summary: 'the shell' }],
  examples: [
    ['source <(fleetbeat completion bash)', 'In ~/.bashrc; the same with zsh in ~/.zshrc'],
    ['fleetbeat completion fish > ~/.config/fish/completions/fleetbeat.fish', 'For fish'],
  ],
  run: async (call) => {
    const { shell } = call.arguments;
    const all = await listCommands();
    const script = shell === 'fish' ? fishScript(all) : bashScript(all);
    // zsh reads the functions of bash once it is asked to.
    const before =
      shell === 'zsh' ? 'autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n' : '';
    call.print({ shell, script: before + script }, () => before + script);
  },
});
