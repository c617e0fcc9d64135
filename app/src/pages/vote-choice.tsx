// What a vote can be for.
import { FOR, AGAINST, LEVELS, quoteLevel, turnoutOf, type Ballot, type Claim } from '@breakwater/client';
import clsx from 'clsx';
import { useState } from 'react';
import { Button, Select } from '../components/ui';
import { money } from '../lib/format';
import { sixteenths } from '../lib/words';
import { useShared } from './frame';

/** A level of a claim's ballot, with the amount that stands at it, once the claim is read. */
export function useLevelWords(claim: Claim | undefined): (level: number) => string {
  const { units } = useShared();
  return (level) =>
    claim ? `${sixteenths(level)}: ${money(quoteLevel(claim, level).stands, units.asset)}` : sixteenths(level);
}

type Props = {
  ballot: Ballot;
  claim: Claim | undefined;
  /** Beside the choice: how much it weighs. */
  words: string;
  cast: (title: string, level: number) => void;
};

/** The answers of a ballot, to choose one. */
export function VoteChoice({ ballot, claim, words, cast }: Props) {
  const levelWords = useLevelWords(claim);
  const { graded } = turnoutOf(ballot);
  return (
    <>
      {graded ? (
        <LevelChoice levelWords={levelWords} choose={(level) => cast('Vote', level)} />
      ) : (
        <>
          <Button look="primary" onClick={() => cast('Vote for', FOR)}>
            Vote for
          </Button>
          <Button onClick={() => cast('Vote against', AGAINST)}>Vote against</Button>
        </>
      )}
      <span className={clsx('text-sm text-muted', graded && 'self-end pb-2.5')}>{words}</span>
    </>
  );
}

/** How much of a claim should stand: one of its ballot's levels. */
function LevelChoice({
  levelWords,
  choose,
}: {
  levelWords: (level: number) => string;
  choose: (level: number) => void;
}) {
  const [level, setLevel] = useState(FOR);
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        choose(level);
      }}
    >
      <Select
        label="How much of the claim stands"
        value={level}
        onChange={(event) => setLevel(Number(event.target.value))}
      >
        {LEVELS.map((one) => (
          <option key={one} value={one}>
            {levelWords(one)}
          </option>
        ))}
      </Select>
      <Button type="submit" look="primary">
        Review the vote
      </Button>
    </form>
  );
}
