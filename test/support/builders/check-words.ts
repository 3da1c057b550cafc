import { CheckWords } from '../../../src/application/policy/check-words.js';
import { NoAssistance } from '../../../src/application/ports/prompt-assistant.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';

/** Of an operator who does not have words looked at. */
export const anyWords = new CheckWords({
  wordRules: null,
  wordJudge: { judge: () => Promise.reject(new NoAssistance('nobody is asked')) },
  log: new RecordingLogger(),
});
