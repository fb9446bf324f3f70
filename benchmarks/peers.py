"""Workload W of `bench_society.py` in other frameworks; prints seconds of a step as JSON.

Run by the Python of an environment that has them: nothing of this package is imported.
"""

import json
import math
import sys
import time
from importlib.metadata import version

import numpy as np

REGIONS, BRANCHES = 16, 8
CELLS = REGIONS * BRANCHES
LEVEL = 1.0 + 0.5 * np.arange(CELLS) / CELLS
STEPS = {"mesa": 3, "mesa-frames": 6, "starsim": 8, "numpy": 8}


def wages(output, labour):
    many = np.maximum(labour, 1.0)
    return 0.6 * LEVEL * np.maximum(output, 1e-9) / many * (many / max(labour.mean(), 1.0)) ** -0.4


def start(people):
    luck = np.random.default_rng(1)
    return (
        luck.integers(0, REGIONS, people).astype(np.uint8),
        luck.integers(0, BRANCHES, people).astype(np.uint8),
        luck.random(people, dtype=np.float32) * np.float32(1.5) + np.float32(0.5),
        luck.random(people, dtype=np.float32),
        np.zeros(people, np.float32),
    )


def mesa(people):
    import mesa as package

    class Worker(package.Agent):
        def __init__(self, model, region, branch, skill, morale):
            super().__init__(model)
            self.region, self.branch, self.skill, self.morale = region, branch, skill, morale
            self.savings = 0.0

        def produce(self):
            model, cell = self.model, self.region * BRANCHES + self.branch
            effort = 0.4 + 0.3 * model.wage[cell] + 0.3 * self.morale
            self.effort = 0.0 if effort < 0 else 1.0 if effort > 1 else effort
            model.output[cell] += self.skill * self.effort
            model.labour[cell] += 1

        def decide(self):
            model = self.model
            wage = model.wage[self.region * BRANCHES + self.branch]
            self.savings += 0.1 * wage * self.effort
            self.morale += 0.2 * ((wage - 0.5) - (self.morale - 0.5))
            wanted = model.random.randrange(BRANCHES)
            gap = math.log(model.wage[self.region * BRANCHES + wanted] / wage)
            if model.random.random() < 1.0 / (1.0 + math.exp(-(2.0 * gap - 3.0))):
                self.branch = wanted

    class Economy(package.Model):
        def __init__(self):
            super().__init__(seed=1)
            region, branch, skill, morale, _ = (column.tolist() for column in start(people))
            Worker.create_agents(self, people, region, branch, skill, morale)
            self.wage = [0.5] * CELLS

        def step(self):
            self.output, self.labour = [0.0] * CELLS, [0.0] * CELLS
            self.agents.do("produce")
            self.wage = wages(np.array(self.output), np.array(self.labour)).tolist()
            self.agents.do("decide")

    return Economy().step


def polars_step(frame, level, luck):
    import polars as pl

    wage = pl.Series("w", level.astype(np.float32))
    frame = frame.with_columns(
        (pl.col("r").cast(pl.UInt16) * BRANCHES + pl.col("s").cast(pl.UInt16)).alias("c")
    )
    frame = frame.with_columns(w=wage.gather(frame["c"]))
    effort = (0.4 + 0.3 * pl.col("w") + 0.3 * pl.col("morale")).clip(0, 1).cast(pl.Float32)
    frame = frame.with_columns(effort=effort)
    sums = (
        frame.group_by("c")
        .agg((pl.col("skill") * pl.col("effort")).sum().alias("out"), pl.len().alias("lab"))
        .sort("c")
    )
    output, labour = np.zeros(CELLS), np.zeros(CELLS)
    cells = sums["c"].to_numpy()
    output[cells], labour[cells] = sums["out"].to_numpy(), sums["lab"].to_numpy()
    level = wages(output, labour)
    wage = pl.Series("w", level.astype(np.float32))
    wanted = pl.Series("s2", luck.integers(0, BRANCHES, len(frame), dtype=np.uint8))
    moving = pl.Series("u", luck.random(len(frame), dtype=np.float32))
    frame = frame.with_columns(w=wage.gather(frame["c"]), s2=wanted, u=moving)
    there = frame.select(pl.col("r").cast(pl.UInt16) * BRANCHES + pl.col("s2"))["r"]
    frame = frame.with_columns(w2=wage.gather(there))
    gap = 2 * (pl.col("w2") / pl.col("w")).log() - 3
    frame = frame.with_columns(
        sav=(pl.col("sav") + 0.1 * pl.col("w") * pl.col("effort")).cast(pl.Float32),
        morale=(pl.col("morale") + 0.2 * ((pl.col("w") - 0.5) - (pl.col("morale") - 0.5))).cast(
            pl.Float32
        ),
        s=pl.when(pl.col("u") < 1 / (1 + (-gap).exp())).then(pl.col("s2")).otherwise(pl.col("s")),
    )
    return frame, level


def mesa_frames(people):
    import mesa_frames as package
    import polars as pl

    modern = hasattr(package, "AgentSet")
    base = package.AgentSet if modern else package.AgentSetPolars

    class Workers(base):
        def __init__(self, model):
            super().__init__(model)
            region, branch, skill, morale, savings = start(people)
            columns = {"r": region, "s": branch, "skill": skill, "morale": morale, "sav": savings}
            if not modern:
                columns = {"unique_id": np.arange(people), **columns}
            self += pl.DataFrame(columns)
            self.wage, self.luck = np.full(CELLS, 0.5), np.random.default_rng(1)

        def frame(self):
            return self.df if modern else self.agents

        def keep(self, frame):
            if modern:
                self.df = frame
            else:
                self.agents = frame

        def step(self):
            frame, self.wage = polars_step(self.frame(), self.wage, self.luck)
            self.keep(frame.drop("c", "w", "effort", "s2", "u", "w2"))

    class Economy(package.Model if hasattr(package, "Model") else package.ModelDF):
        def __init__(self):
            super().__init__(1)

    return Workers(Economy()).step


def starsim(people):
    import starsim as package

    package.options(verbose=0)

    class Work(package.Module):
        def __init__(self, **given):
            super().__init__(**given)
            names = ("r", "s", "skill", "morale")
            self.define_states(
                *(package.FloatArr(name) for name in names), package.FloatArr("sav", default=0.0)
            )
            self.which, self.moving = package.random(name="which"), package.random(name="moving")
            self.wage = np.full(CELLS, 0.5)

        def init_post(self):
            super().init_post()
            self.r[:], self.s[:], self.skill[:], self.morale[:], _ = start(people)

        def step(self):
            everybody = self.sim.people.auids
            cell = (self.r.values * BRANCHES + self.s.values).astype(np.intp)
            effort = np.clip(0.4 + 0.3 * self.wage[cell] + 0.3 * self.morale.values, 0, 1)
            output = np.bincount(cell, weights=self.skill.values * effort, minlength=CELLS)
            self.wage = wages(output, np.bincount(cell, minlength=CELLS).astype(float))
            wage = self.wage[cell]
            self.sav[:] = self.sav.values + 0.1 * wage * effort
            self.morale[:] = self.morale.values + 0.2 * ((wage - 0.5) - (self.morale.values - 0.5))
            wanted = (np.asarray(self.which.rvs(everybody)) * BRANCHES).astype(np.intp)
            there = self.wage[self.r.values.astype(np.intp) * BRANCHES + wanted]
            likely = 1 / (1 + np.exp(-(2 * np.log(there / wage) - 3)))
            moves = np.asarray(self.moving.rvs(everybody)) < likely
            self.s[:] = np.where(moves, wanted, self.s.values)

    return lambda: starsim_step(package, Work(), people)


def starsim_step(package, module, people):
    steps = STEPS["starsim"]
    sim = package.Sim(
        n_agents=people, modules=module, start=2000, stop=2000 + steps - 1, dt=1.0, verbose=0
    )
    sim.init()
    begun = time.perf_counter()
    sim.run()
    return (time.perf_counter() - begun) / steps


def numpy(people):
    luck = np.random.default_rng(1)
    region, branch, skill, morale, savings = start(people)
    wage = np.full(CELLS, 0.5)

    def step():
        nonlocal branch, wage
        cell, pay = region.astype(np.intp) * BRANCHES + branch, wage.astype(np.float32)
        effort = np.clip(0.4 + 0.3 * pay[cell] + 0.3 * morale, 0, 1)
        output = np.bincount(cell, weights=skill * effort, minlength=CELLS)
        wage = wages(output, np.bincount(cell, minlength=CELLS).astype(float))
        pay = wage.astype(np.float32)
        here = pay[cell]
        savings.__iadd__(np.float32(0.1) * here * effort)
        morale.__iadd__(np.float32(0.2) * ((here - np.float32(0.5)) - (morale - np.float32(0.5))))
        wanted = luck.integers(0, BRANCHES, people, dtype=np.uint8)
        there = pay[region.astype(np.intp) * BRANCHES + wanted]
        moves = luck.random(people, dtype=np.float32) < 1 / (
            1 + np.exp(-(2 * np.log(there / here) - 3))
        )
        branch = np.where(moves, wanted, branch)

    return step


def main():
    name, people = sys.argv[1], int(sys.argv[2])
    step = {"mesa": mesa, "mesa-frames": mesa_frames, "starsim": starsim, "numpy": numpy}[name](
        people
    )
    if name == "starsim":
        seconds = step()
    else:
        times = []
        for _ in range(STEPS[name]):
            begun = time.perf_counter()
            step()
            times.append(time.perf_counter() - begun)
        seconds = min(times[1:])
    print(json.dumps({"seconds": seconds, "version": version(name)}))


if __name__ == "__main__":
    main()
