"""What the page of markets says beside its tables."""

from collections.abc import Mapping
from typing import Final

HEAD: Final = """# Markets, queues and trade

<!-- Written by tools/markets_page.py from the rules; a test checks that it is fresh. -->

Rules R14, R15, R16 and R40 for the whole country: what towns can pay, what closed the scissors of
1923, the goods famine of 1926-27, queues and free prices, theft and the second economy, and foreign
trade. No number of these rules was chosen after what a run of them came to; where no source speaks,
the number is assumed, has a range, and the range is run. Paths are another matter: that of
`private_trade` is coded after the series of pattern V30, that of `grain_price` is the trial's. The
autumn of 1927, a row held out, stands beside print below, so it is [no longer
unseen](patterns.md#what-has-been-seen-of-hold-out-rows).

## Money of towns

The trial of the specification lets towns buy what they *need* (people times a trend times a price).
Its own list of weak points says that the goods famine of 1926-27 is not reproduced, and that money
incomes of towns are missing. They are a rule of their own (`town_money`, R14):

    income = workers x wage / 1000 + issue_spent x new money         milliard roubles of 1926/27
    demand = goods_of_income x income x (1.17 / price)^eps_d

- **workers** are the model's own ({workers_1926} million at the end of 1926, {workers_1928} in
  1928; counted as {counted_1926} on the mean of 1926 and {counted_1928} on that of 1928, series
  `workers_and_employees_1972`).
- **wage** (institution `town_wage`): real wage of 1924/25 and 1925/26, 302 and 340 goods roubles
  against 365 in 1913 (series `real_wage_1913_1926`); for July to September 1927 the Commissar of
  Labour gave 110 per cent of 1913 (cited in *Ten Years of the Bolshevic Domination*, p. 121, which
  doubts it, because goods were missing at the regulated prices by which it was reckoned); 690
  roubles in 1927/28 (`earnings_allen`). Years before 1924/25 and the course between are ours.
- **new money** (`money_issue`): growth of circulation between counts of 1 January, after Arnold
  (1937), recalled. A quarter of it is taken to be spent in towns beyond wages: 0 to 0.5.
- **part of income spent on goods**: 0.45, from budgets of workers (food 43 to 45 per cent, housing
  and services about 10; recalled): 0.35 to 0.55.
- **elasticity**: `eps_d` of the specification, 0.7, 0.4 to 1.2. Wages are real, so that the price
  of industrial over farm goods acts through it alone.

Built from these sources alone, the demand comes within {demand_near} per cent of what the trial
lets towns have from the middle of 1926 to the end of 1928, and lies {demand_least} to {demand_most}
per cent below it in 1924 and 1925.
"""

SHIPPED: Final = """### Why it is off in `as_it_was`

The institutions `town_money` and `village_money` (below) choose: 0 in `as_it_was`, 1 from 1924 in
`as_it_was_money`, the second to 1928; the switches `rules.town_money` and `rules.village_money`
hold them at 0 whatever a regime says. History is shipped without them, because every fitted number
of rules R14 and R21 was fitted with what towns need and without a purse of the village, because the
tables of the specification are reproduced in that mode, and because what they add depends on
numbers that no source pins down. After 1929 they move little. Deaths are those of three variants of
one history, a test of the rule of hunger and no counterfactual ([what is shown of
deaths](../do/country.md#what-not-to-conclude)):
"""

PARTS: Final[Mapping[str, str]] = {
    "scissors": """## What closed the scissors

The clearing price is an equation of two numbers, goods that reach the village and grain that it can
sell, so the fall of the price charged from the last quarter of 1923 has three parts that add up:
through goods, through grain, and through what is charged over the clearing price (mark-up of the
trusts and control). In logs times 100:
""",
    "famine": """\
Read together: to April 1924 nearly all of the fall is the price rule, that is the end of the
mark-up and the set price; by the end of 1924 {not_rule} per cent are more goods and the poor
harvest. Without control the price would have stood at {free} at the end of 1924; taking credit or
the agreement of the syndicates away would have brought it to {credit} or {rivals} within the year,
so either would have done most of what control did, more slowly. A normal harvest in 1924 changes
nothing in the price charged, which was set. That the state price is what it is, is given and not
explained.

## The goods famine of 1925 to 1927

Two shortages are shown: the share of demand that the price charged leaves unserved because the
clearing price lies above it, and the share of what towns would buy with their money that they do
not get. In `as_it_was` towns are served by need and the money they hold meets it in the shops; in
`as_it_was_money` money buys, towns are served first (up to six tenths of all goods), and what is
missing is missing in the village. The 27 runs take each corner and middle of the ranges of
`goods_of_income`, `issue_spent` and `eps_d`.
""",
    "towns": """\
**What money of towns shows.** In `as_it_was` the money of towns runs ahead of goods from the second
quarter of 1926 on and is {ahead} per cent ahead when prices were cut in early 1927: that is a goods
famine, in the shops of towns. Behind the set price there is one from the summer of 1925 to the
middle of 1926 in either mode, and again in the spring of 1927: {spring} per cent of demand in
`as_it_was`, {spring_money} with money of towns. It lasts through 1926 into the autumn of 1927 in
those runs where towns spend half of their income on goods or more. In no run does it last to the
end of 1927: the clearing price asks what the village would give *in grain*, and the poorer harvest
of 1927 lowers it. Money that villagers earned elsewhere, and their taxes, are not in that equation;
they are in the next one.
""",
    "shops": """\
## Queues, free prices, the second economy

Model / print where there is one, by year, run of history:
""",
    "trade": """\
Exports, imports (million gold roubles) and the share of machines are paths made from the trade
statistics: they agree by construction. The private share of retail trade is pattern V30. For the
rest there is no series. The free price is that of an elasticity of 0.7 over what little is on sale
outside state shops: an order of size. Closed shops and categories are shown in the country book.

The second economy dies out under command in the equation of the specification: with a strict law a
quarter of it is closed each year, whatever is short (its rest state is about `shadow_ret` short (1
- strict) / (`shadow_law` strict), one per cent or less). Every account of the 1930s says
otherwise. The number that would have to change is `shadow_law`, the 0.3 a year at which a law
closes what it forbids, by a factor of ten or more.

## Trade abroad and its monopoly

Exports and credit pay for imports; what machines do not take is left for cotton, wool, metals and
rubber. A regime that buys machines which nobody paid for would show less than nought there.
""",
}

WEAK: Final = """\
Where the table falls near nought, hardly anything is left beside machines. The programme of the
Left Opposition comes to {left} million in its worst year, where history had {other_1929} in 1929.
Read its runs with that in mind. Without the monopoly from 1924 to 1928 goods that are dear at home
take all the currency for machines; that costs little by 1940 because few machines were bought
before 1929. The openness (`import_open`) is a choice without a source.

## What is weak

- One elasticity for town and village, one wage for all who live in towns, one purse for rich and
  poor in the village; traders and artisans have no money of their own.
- Farm prices other than that of grain stand still in the purse, raw stuffs follow the goods that
  are made of them and not their harvest, and goods that lie unsold in one quarter are not offered
  again.
- The share of goods that goes to the village is what towns leave. How much of it reached the shops
  of grain districts in the autumn of 1927 is not known, and there are no regions here.
- In the shops of towns money that could not be spent is only summed: it never comes back.
- The step of `work_share` in 1926 in the paths of the trial (0.387 to 0.43) makes a tenth more
  workers in one quarter, and so a jump of wages.
- Wages and rations rest on single coders; paths of trade before 1925 and prices abroad are
  recalled.
- Theft, the second economy and smuggling act on nothing: the fitted numbers hold them inside.
- A peasant has no market for himself here: prices of collective farm markets are not reckoned.
"""

PURSE: Final[Mapping[str, str]] = {
    "head": """## Money of the village

What villagers earn by sales to the state and to towns and by work outside, less taxes, is what they
can spend; where goods are missing at the set price, money remains, and who holds it has less reason
to sell for more (`village_money`, R14; the rationed buyer of Barro and Grossman 1971, the virtual
price of Neary and Roberts 1980):

    R      = pay for grain + pay for raw stuffs + pay of towns            milliard roubles a year
    M'     = M + (R - tax - elsewhere - bought) / 4                       closed in every quarter
    wish   = goods_of_village (R - tax) + 4 cash_speed (M - cash_wanted R)
    bought = min( wish, goods that reach the village x price / 1.17 )
    scarce = max( clearing price, price x (wish / goods there)^(1 / eps_d) )

The price that peasants feel and the gap for which they withhold grain (R21) read `scarce` in place
of the clearing price, of the quarter before. What state and towns pay and get is booked by name;
the account is checked in every quarter like those of people and grain. Taxes are an institution
(`farm_tax`, with `village_levies` for self-taxation and the loan of January 1928). Every number was
written down from its source, or as an assumption, before the first run:
""",
    "famine": """\
The purse begins empty in 1924; that it holds near half of all money afterwards rests on
`cash_wanted` for 1926 and is made by the rule in the other years. Most short is the village in the
spring and summer, after taxes are paid, and least in October to December, when most fall due
(`tax_season`, assumed); what it lacks in one quarter acts in the next.
""",
    "strike": """\
What makes the fall of the autumn of 1927:
""",
    "read": """\
**Does the strike appear?** Yes: at the middle of the ranges the village lacks {lack_least} to
{lack_most} per cent of what it would buy from January to September 1927, more than in 1926, and
keeps grain back in the autumn. Now this comes from the goods famine: with the price of grain not
cut in 1927, deliveries of the autumn fall to {uncut_money} of those of 1926 with money of the
village, and to {uncut} without it.

**It is too strong.** Deliveries of the autumn fall to {autumn_money}, those of July to December
1927 to well below the {half_told} of print, and those of July to December 1926 lie below print too.
The strength of withholding (`hold`) was fitted to carry the whole fall by the price alone, and
money comes on top: at the lower end of its range it gives {hold_low}. No number was moved to mend
this.

**It hangs on when taxes are paid.** That little is paid from July to September leaves the village
with money before the autumn; paid evenly, the same tax leaves no shortage in that quarter, and at
the middle of the ranges the fall is hardly more than that of the price. Contemporaries named taxes
that did not press in the autumn of 1927 as a cause; no dates of payment are at hand.

**In what part of the range.** Where food, work and raw stuffs bring the village less, nothing is
short in it and all stays as without money: a strike of the price rule ({autumn_usual}). Where they
bring more, goods are short from 1925 on, the village withholds in 1926 as well, and the fall of
1927 is lost in that of 1926; deliveries of 1926 then lie at half of print and less, which print
refutes. Between them lies a narrow part, with the middle, in which goods are short in 1927 and the
year before comes near print: there the autumn falls as far as by the price alone, or further. How
much of the fall was the price of grain and how much the want of goods cannot be told from these
figures: either can make it.

**What print says against it.** By what was told in February 1928 the state got {half_told} of a
year before from July to December 1927. In the model the price that is cut in July is felt at once,
with money or without, and the summer falls with the autumn. From January to June 1928, the months
of seizures, the run with money brings what was printed and the other too little.
""",
}
