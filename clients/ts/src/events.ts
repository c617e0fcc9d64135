// Events: what the program logs, read back from a transaction's log lines.
import { getBase64Encoder } from '@solana/kit';
import { EVENTS, type BreakwaterEvents } from './generated/events';
import { BREAKWATER_PROGRAM_ADDRESS } from './generated/programs';

/** An event with its name, to switch on. */
export type BreakwaterEvent = {
  [Name in keyof BreakwaterEvents]: { readonly name: Name; readonly data: BreakwaterEvents[Name] };
}[keyof BreakwaterEvents];

const DISCRIMINATOR_BYTES = 8;
const byDiscriminator = new Map(
  Object.entries(EVENTS).map(([name, event]) => [event.discriminator.join(), { name, ...event }]),
);

/** The event of these bytes; `undefined` when the program has none such. */
export function decodeEvent(bytes: Uint8Array): BreakwaterEvent | undefined {
  const event = byDiscriminator.get(bytes.slice(0, DISCRIMINATOR_BYTES).join());
  if (!event) return undefined;
  return { name: event.name, data: event.decoder().decode(bytes, DISCRIMINATOR_BYTES) } as BreakwaterEvent;
}

/** The program's events in a transaction's log lines, in order; what other programs log is skipped. */
export function parseEvents(logs: readonly string[]): BreakwaterEvent[] {
  const events: BreakwaterEvent[] = [];
  const stack: string[] = [];
  for (const line of logs) {
    const data = /^Program data: (\S+)/.exec(line)?.[1];
    if (data !== undefined) {
      if (stack.at(-1) !== BREAKWATER_PROGRAM_ADDRESS) continue;
      const event = decodeEvent(new Uint8Array(getBase64Encoder().encode(data)));
      if (event) events.push(event);
      continue;
    }
    const [, program, word] = /^Program (\S+) (invoke|success|failed)/.exec(line) ?? [];
    if (program === undefined) continue;
    if (word === 'invoke') stack.push(program);
    else stack.pop();
  }
  return events;
}

/** The first event of that name; an error when there is none. */
export function eventOf<Name extends keyof BreakwaterEvents>(
  events: readonly BreakwaterEvent[],
  name: Name,
): BreakwaterEvents[Name] {
  const event = events.find((candidate) => candidate.name === name);
  if (!event) throw new Error(`the program logged no ${name}`);
  return event.data as BreakwaterEvents[Name];
}
