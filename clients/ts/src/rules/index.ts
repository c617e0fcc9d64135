export { dayAfter, dayOf, secondsOf, startOf } from '../core';
export { attempt, Refusal, type Answer } from './ask';
export * from './assembly';
export * from './change';
export * from './cover';
export * from './exits';
export * from './figures';
export * from './incident';
export * from './pool';
