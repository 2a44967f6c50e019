/** The machine and the programs that a figure was measured with. */
import { cpus, platform, release, totalmem } from 'node:os';
import { version } from 'node:process';

/** @param {string} chromium as it calls itself */
export function machine(chromium) {
  const processors = cpus();
  return {
    processor: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${platform()} ${release()}`,
    node: version,
    chromium,
  };
}
