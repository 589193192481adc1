/** An agent's loop: it reports each step, asks a person before it deletes, and stops when asked to. Needs a program's key. */
import { createFleetbeat, isProblem } from '@fleetbeat/client';

const fleetbeat = createFleetbeat();
/** Stands for your model: what it wants to do next. */
const steps = ['Read the code', 'Write the tests', 'Delete the legacy login', 'Run the tests'];

try {
  await fleetbeat.run({ name: 'Auth refactor', contextLimitBytes: 400_000 }, async (run) => {
    run.on('message', ({ text }) => console.log(`A person says: ${text}`));
    for (const [index, step] of steps.entries()) {
      run.signal.throwIfAborted();
      await run.whenResumed();
      run.beat({ progress: (100 * index) / steps.length, status: step, contextBytes: 50_000 * (index + 1) });
      if (step.startsWith('Delete')) {
        const { text, by } = await run.ask(`May I? ${step}`, { options: ['Yes', 'No'], within: '8h' });
        console.log(`${by} says ${text}`);
        if (text !== 'Yes') continue;
      }
      console.log(step);
    }
  });
} catch (error) {
  if (isProblem(error, 'session-superseded')) console.error(`${error.problem.successor} took over`);
  else if (isProblem(error, 'question-closed')) console.error('Nobody answered in time');
  else throw error;
}
