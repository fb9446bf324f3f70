"""Words of docs/understand/production.md; numbers stand in tables that production_page reckons."""

from typing import Final

HEAD: Final = """# What production carries

<!-- Written by tools/production_page.py from the rules; a test checks that it is fresh. -->

The specification of the model states more about production than its trial ran. The trial's numbers
were fitted without these terms, so `as_it_was` leaves them off and its tables do not move by a bit;
`as_it_was_whole` has institutions of history, money of towns and village, and every such term at
the values of the specification. **Nothing is fitted again.** Losses that the fit had put elsewhere
are then counted twice, so `as_it_was_whole` says what the terms weigh, and is no better history.

```console
$ sovplan run ussr-1921 --regime as_it_was --regime as_it_was_whole --out whole
...
$ sovplan run ussr-1921 --regime as_it_was_whole --off rules.defects --out without
...
```
"""

EQUATIONS: Final = (
    (
        "camps",
        "prisoners make `camp_at_work g_prod` of a free hand; `g_guard` guards for each, and"
        " prisoners who came from towns, are missed there",
        "R18, `rules.camp_work`",
    ),
    (
        "technique from abroad",
        "A' = A (1 + `tfp_dis` (1 - `innov_loss` d) + `absorb` ln(A_f/A)+ M"
        " skill), A_f grows by `g_frontier`, M imported machines over investment",
        "R08, `rules.frontier`",
    ),
    ("new capital", "K' = K (1 - delta) + `embody` done", "R08, R09, `rules.embody`"),
    (
        "display",
        "what becomes capital is I (1 - b_waste), b_waste = `display_share` b, b the"
        " privilege of R13",
        "R09, `rules.display`",
    ),
    (
        "defects",
        "users need a_ij / q_i of what industry and building make, q = max(`q_min`, 1 -"
        " `q_taut` (T/C - 1)+ unseen)",
        "R07, `rules.defects`",
    ),
    (
        "a plan that is abolished",
        "O = w + (1 - w) m, w' = w (1 - `plan_dissolution`), m' = m +"
        " `k_market` m (1 - m); chains of n suppliers break if (2^n - 1) `chain_c` > 1",
        "R02, `rules.dissolution`, `rules.chains`",
    ),
    (
        "bonuses",
        "of a manager: `bonus_slope` for each per cent over the target, on papers",
        "R06, `rules.bonus`",
    ),
    (
        "hours",
        "hands count as h / h of 1928 (`hours_1928`): a shorter day is less labour",
        "R03, `rules.hours`",
    ),
    (
        "pay, law, a say",
        "e = hunger + (`e_real` - law `e_fear`)+ ln(w / w_fair) + `e_fear` law reported -"
        " `e_random` R police + `e_voice` committee - `fatigue` (h - 8)+, from 0.5 to 1.2; w the"
        " wage, w_fair what workers think due",
        "R04, `rules.incentives`",
    ),
    (
        "bonuses and piecework",
        "effort gains `bonus_effort` `bonus_slope` k(`rho_disc`) seen and `piece_effort`"
        " piecework k(`turn0`) over that of 1928, k(x) = x / (x + lambda), seen = (1 - (T/C - 1)+ /"
        " `bonus_reach`)+; plants share a branch by the former",
        "R06, `rules.bonus_effort`, `rules.keen`",
    ),
    (
        "arms",
        "arms <= (machines - worn out - repairs)+ / `arms_machines`; investment takes what is left"
        " and machines from abroad",
        "R09, `rules.arms_bound`",
    ),
    (
        "materials",
        "what heavy goods are short of, machines, building, light goods, services and final use"
        " lose alike",
        "R01, `rules.materials_bound`",
    ),
    (
        "turnover",
        "skill loses `learn_turnover` (r - 1)+ a year, r = (`turn0` + `turn_v` v + `norm_leave`"
        " sd)(1 - `law_hold` law reported)",
        "R03 and R17, `rules.turnover`",
    ),
    (
        "hard budgets",
        "(1 - soft) (W - `needed_scale` needed)+ of the workers of towns have no work",
        "R03, `rules.hard_budget`",
    ),
)
"""Term, equation, rule and switch."""

LAMBDA: Final = """\
The share of over-fulfilment that is added to the next target (`lambda`, R06) is read under another
name: section 4 of the specification gives it to each regime as the institution `ratchet` (0.2 under
the NEP, 0.7 under command), which rules of workplaces read. The parameter's 0.6 is what that table
has for command after 1953; a second reader would set the same thing twice.

## Three histories

Product, industry and consumption: 1928 of `as_it_was` = 100. Printed figures are those beside which
the book of a run draws the model; industry has several that disagree.
"""

ALONE: Final = """## Each term alone, and each taken out

Famine and excess deaths in millions. They stand here because all rows are variants of one history,
with more or fewer terms: a test of the rule of hunger, which shows how near the edge the village is
in this model, where a little more investment or fewer goods move them. They are no counterfactual
and do not say who would have lived ([what is shown of
deaths](../do/country.md#what-not-to-conclude)). *Alone* is with no other term of
`as_it_was_whole`, those of village, trade and ages ([switches](../look-up/switches.md)) included;
*without* is with all others.
"""

RANGES: Final = """## Numbers at the ends of their ranges

Each alone, all else as shipped. Most are assumptions; the rows say how much hangs on each.
"""

PATTERNS: Final = """## Patterns of history

The patterns that may be looked at ([patterns](patterns.md)), but for the one for which households
live. Nothing was chosen after them.
"""

STATES: Final = """## States

Reckoned under every regime, as here under `as_it_was_whole`. Prisoners follow forced labour, forced
repression and releases (as those of [persons](persons.md)); beside them what was counted in camps
and colonies.
"""

ABOLISHED: Final = """## A plan that is abolished

No organ of a plan was abolished before 1990, so history to 1940 leaves this part of R02 idle.
`plan_abolished_1935` puts the speeds of the 1990s into 1935: nobody proposed that, it shows what
the rule does. In a quarter with the abolition itself nothing is lost; then links of the plan
dissolve faster than those of the market grow. From full order, with capital falling by 2 % a year,
the rule falls as the trial of the transition in section 8.5 of the specification does, to 5 %
(quarters dissolve a little less than a year at once).

Lengths of chains are assumptions: light goods 3 (2 to 5), heavy goods 4 (2 to 6), building 5 (3 to
7), machines 6 (4 to 9). At `chain_c` = 0.05 chains of five and more break, so machines and building
lose more than coordination takes from all. That share is of links which only the market holds.
"""

CHAINS: Final = """### Its numbers at the ends of their ranges

Deaths are left out: they are shown of no counterfactual.
"""

WEAK: Final = """## What is weak

- **Counted twice.** Tautness, gestation, skill and quality all explain why growth stopped in
  1930-33, and annual data cannot tell them apart; the fit of tautness found a gain. `defects` puts
  a loss by the same tautness on top.
- **Quality** is one number for all industrial goods, from the tautness of the whole country, though
  workplaces have their own. What people buy is counted, not weighed by its use. No series measures
  quality: the size, not the sign, is an assumption (`q_taut` 0.1 to 1). At the upper end product
  of 1932 falls to {spoiled}, which no estimate has: there the equation does not hold.
- **Effort.** The specification does not say which wage is fair. Here it is what workers think due
  (R38, R39): the wage of 1913, then the best they had, and some more as towns grow. Persons hold
  what they had against 1928; read so in the country, effort falls because output fell and output
  because effort did, and product of 1928 is a tenth lower. Real wages of 1921-24 were low and so is
  effort then, on top of a coordination that was fitted to the same years. Belief is left out: the
  country has no rule of it. What a say at work brings rests on `e_voice` alone, whose range begins
  at 0.
- **Bonuses.** The specification says what the ratchet leaves of a bonus and not what that moves:
  `bonus_effort` and `piece_effort` are ours, and 0 is in their ranges. At the numbers of the
  package both together weigh less than any other term of effort.
- **Hard budgets** act in no regime of the package: under `as_it_was_whole` nobody is left over
  before budgets are soft in 1929. With `budget_counts` = 1 they act under `nep_kept`.
- **Hands of the village** are not counted in seven sectors, so prisoners who came from there cost
  nothing where they were missed, and forced labour looks cheaper than it was. Deaths in camps stand
  among those of all people. What it did to wages and fear outside is not in these terms.
- **The gap** begins at product a head of the leading country over one's own, less what more capital
  gives: 2.5 times (1.5 to 4.8). At `absorb` = 0.012 and machines from abroad of a tenth of
  investment it closes by a tenth of a per cent a year; distortion costs half of that, of a trend of
  0.2 %. The fit put hardly any growth on technique, so this term cannot weigh more.
- **Display**: the specification has the share of privilege that is spent on display and no value.
- **Chains**: the condition is that of Blanchard and Kremer (1997); what a broken chain leaves, and
  every length, is ours.
- Which readings of the specification were needed is in
  [decision 0014](../decisions/0014-production-made-whole.md), and for effort, hours and budgets in
  [decision 0016](../decisions/0016-terms-that-were-left.md).
"""
