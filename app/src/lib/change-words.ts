// Changes of parameters in words: what each would set, beside what holds now.
import {
  isSome,
  NOBODY,
  readText,
  RISK_WORDS,
  riskOf,
  STAKE_OF_COVER,
  valuesNow,
  type Pool,
  type Product,
  type Proposal,
  type ShareWords,
} from '@breakwater/client';
import type { Units } from './event-words';
import { abbreviate, money, percent, ppm, span, type Unit } from './format';

/** One parameter: what it is, what holds now (nothing where that is not known), and what would hold. */
export type ChangeRow = { readonly name: string; readonly from: string; readonly to: string };

const somebody = (address: string): string => (address === NOBODY ? 'nobody' : abbreviate(address));

/** How much cover so much of a court's stake carries. */
export const carries = (coverPerStake: bigint, asset: Unit): string =>
  isSome(coverPerStake) ? money(coverPerStake, asset) : 'no limit';

type Values = readonly (readonly [string, string])[];

/** The parameters of a proposal with their values, in the same order for each of a kind. */
function valuesOf(proposal: Proposal, { asset, governance }: Units): Values {
  switch (proposal.__kind) {
    case 'MinPremium':
      return [['Least premium', money(proposal.minPremium, asset)]];
    case 'VoteReward':
      return [['Reward of a ballot', money(proposal.voteReward, asset)]];
    case 'AssessorsLimit':
      return [['Reward fund, at most', money(proposal.assessorsLimit, asset)]];
    case 'Timelock':
      return [['Changes wait', span(proposal.timelock)]];
    case 'ExitDelay':
      return [['Exit delay', `${proposal.exitDelayDays} days`]];
    case 'Season':
      return [['Season', `${proposal.seasonDays} days`]];
    case 'Leverage':
      return [['Leverage', percent(proposal.leverageBps)]];
    case 'StakeFloor':
      return [['Floor of the court’s stake', money(proposal.stakeFloor, governance)]];
    case 'CoverPerStake':
      return [[`Cover for each ${money(STAKE_OF_COVER, governance)} staked`, carries(proposal.coverPerStake, asset)]];
    case 'GroupCap':
      return [[`Cap of group ${proposal.group}`, percent(proposal.capBps)]];
    case 'ProtocolFee':
      return [['Protocol fee', percent(proposal.protocolFeeBps)]];
    case 'AssessorFee':
      return [['Assessor fee', percent(proposal.assessorFeeBps)]];
    case 'CancelFee':
      return [['Cancellation fee', percent(proposal.cancelFeeBps)]];
    case 'Court':
      return [['Assembly', somebody(proposal.assembly)]];
    case 'Bonds':
      return [
        ['Bond of a report', money(proposal.incidentBond, asset)],
        ['Bond of a claim', percent(proposal.claimBondBps)],
      ];
    case 'List':
      return [['Sale', 'for sale']];
    case 'Delist':
      return [['Sale', 'not for sale']];
    case 'Weight':
      return [['Capacity, of the free capital', percent(proposal.weightBps)]];
    case 'Curve': {
      const [curve] = proposal.fields;
      return [
        ['Price when nothing is sold', `${ppm(curve.r0Ppm)} a year`],
        ['Price at the kink', `${ppm(curve.r1Ppm)} a year`],
        ['Price when all is sold', `${ppm(curve.r2Ppm)} a year`],
        ['The kink', `${percent(curve.kinkBps)} sold`],
      ];
    }
    case 'Authority':
      return [['Authority', somebody(proposal.authority)]];
    case 'Guardian':
      return [['Guardian', somebody(proposal.guardian)]];
    case 'Arbiter':
      return [['Arbiter', somebody(proposal.arbiter)]];
    case 'Treasury':
      return [['Treasury', somebody(proposal.treasury)]];
    case 'Shares': {
      const [words] = proposal.fields;
      const [name, symbol, link] = [readText(words.name), readText(words.symbol), readText(words.uri)];
      // Shares have a name: where there is none, nobody has said what it is.
      return [
        ['Name of the shares', name],
        ['Symbol', symbol],
        ['Link', link || (name && 'none')],
      ];
    }
  }
}

const TITLES: Readonly<Record<Proposal['__kind'], string>> = {
  MinPremium: 'Another least premium',
  VoteReward: 'Another reward of voters',
  AssessorsLimit: 'Another limit of the reward fund',
  Timelock: 'Another wait of changes',
  ExitDelay: 'Another exit delay',
  Season: 'Another season',
  Leverage: 'Another leverage',
  StakeFloor: 'Another floor of the court’s stake',
  CoverPerStake: 'Another cover for the court’s stake',
  GroupCap: 'Another cap of a group',
  ProtocolFee: 'Another protocol fee',
  AssessorFee: 'Another assessor fee',
  CancelFee: 'Another cancellation fee',
  Court: 'Another assembly decides',
  Bonds: 'Other bonds of a product',
  List: 'Put a product on sale',
  Delist: 'Take a product off sale',
  Weight: 'Another capacity of a product',
  Curve: 'Another price curve of a product',
  Authority: 'Hand the authority to somebody else',
  Guardian: 'Another guardian',
  Arbiter: 'Another arbiter',
  Treasury: 'Another treasury',
  Shares: 'Other words for the shares',
};

/** What a proposal is about; `product` is the name of the product, when it is of one. */
export function proposalTitle({ __kind: kind }: Pick<Proposal, '__kind'>, product?: string): string {
  return product === undefined ? TITLES[kind] : TITLES[kind].replace('a product', product);
}

/** Which changes of each kind can raise what LPs risk, or lower what they get: the kind, what it sets, and when it can. */
export const riskRows = (): readonly {
  readonly kind: Proposal['__kind'];
  readonly title: string;
  readonly raises: string;
}[] =>
  (Object.keys(TITLES) as Proposal['__kind'][]).map((kind) => ({
    kind,
    title: TITLES[kind],
    raises: RISK_WORDS[riskOf(kind)],
  }));

/** What a proposal would change: rows that stay as they are, are left out. `words` are those of the shares' mint. */
export function changeRows(
  proposal: Proposal,
  units: Units,
  { pool, product, words }: { pool: Pool; product?: Product | undefined; words?: ShareWords | undefined },
): readonly ChangeRow[] {
  const before: Proposal =
    proposal.__kind === 'Shares' && words
      ? { __kind: 'Shares', fields: [words] }
      : valuesNow(proposal.__kind, pool, product, proposal.__kind === 'GroupCap' ? proposal.group : 0);
  return compare(before, proposal, units);
}

/** A row in a sentence: `exit delay 7 days → 14 days`. */
export const rowWords = ({ name, from, to }: ChangeRow): string =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)} ${from === '' ? to : `${from} → ${to}`}`;

/** What differs between two proposals of a kind. */
export function compare(before: Proposal, after: Proposal, units: Units): readonly ChangeRow[] {
  const old = valuesOf(before, units);
  return valuesOf(after, units)
    .map(([name, to], index) => ({ name, from: old[index]?.[1] ?? '', to }))
    .filter(({ from, to }) => from !== to);
}

/** The new values in one sentence: `Cancellation fee 3%, protocol fee 4%`. */
export const proposalWords = (proposal: Proposal, units: Units): string =>
  valuesOf(proposal, units)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
