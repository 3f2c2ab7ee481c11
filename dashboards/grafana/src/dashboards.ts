// All dashboards.
import type { Dashboard } from '@grafana/schema';
import { compare } from './compare.js';
import { follow } from './follow.js';
import { itself } from './itself.js';

export const dashboards: readonly Dashboard[] = [follow, compare, itself];
