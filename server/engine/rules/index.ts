import type { Rule } from '../rule';
import { alias } from './alias';
import { deprecated } from './deprecated';
import { drift } from './drift';
import { equation } from './equation';
import { form } from './form';
import { inversion } from './inversion';
import { misattribution } from './misattribution';
import { misexpansion } from './misexpansion';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [
  alias,
  equation,
  misexpansion,
  inversion,
  misattribution,
  drift,
  form,
  deprecated,
];
