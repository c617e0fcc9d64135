// Time on the local network.
import { errorWords, secondsOf } from '@breakwater/client';
import { useQueryClient } from '@tanstack/react-query';
import { FastForward } from 'lucide-react';
import { useState } from 'react';
import { useChain } from '../lib/connection';
import { moment, plain, plural } from '../lib/format';
import { travelTo } from '../lib/playground';
import { useNow } from '../lib/queries';
import { useToast } from './toasts';
import { Button } from './ui';

export function Playground() {
  const now = useNow();
  const { rpc, endpoint } = useChain();
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const skip = async (days: number) => {
    setBusy(true);
    try {
      await travelTo(rpc, endpoint.rpc, plain(now) + plain(secondsOf(days)));
      await client.invalidateQueries();
    } catch (error) {
      toast({ good: false, title: 'Time did not pass', text: errorWords(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Time on the local network">
      <span className="tabular-nums">Local network, {moment(now)}</span>
      <span className="flex gap-2">
        {[1, 7].map((days) => (
          <Button key={days} small busy={busy} onClick={() => void skip(days)}>
            <FastForward className="size-3.5" aria-hidden />
            {plural(days, 'day')}
          </Button>
        ))}
      </span>
    </div>
  );
}
