"""What scipy and PyMC-Marketing find in the customers to whom Java fitted its models. Run by bench/models python.

The folder holds customers.csv (a line each: repeats, last, age in days, the mean of what a repeat purchase cost) and
fits.csv (what Java found, with its standard errors, in all of them and in a sample, the first of them). Nothing is shared
with Java but the data: the likelihoods are written from the papers, and scipy's L-BFGS-B climbs them.
"""

import csv
import os
import resource
import sys
import time
import warnings

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln

SAMPLE = 20_000
DAYS_IN_A_WEEK = 7
SEED = 1
CHAINS, TUNE, DRAWS = 2, 500, 500


def beta_geometric(chances, repeats, last, age, customers):
    """Of BG/NBD (Fader, Hardie and Lee 2005, eq. 6) with 0 chances to leave before a repeat, MBG/NBD (Batislam et al. 2007) with 1."""
    may_have_left = repeats + chances > 0

    def at(parameters):
        r, alpha, a, b = parameters
        stays = b + repeats + chances
        # a customer without a chance to leave has no second term; its beta function would be of nothing
        stayed_before = np.where(may_have_left, stays - 1, 1.0)
        bought = gammaln(r + repeats) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
        there = betaln(a, stays) - (r + repeats) * np.log(alpha + age)
        left = betaln(a + 1, stayed_before) - (r + repeats) * np.log(alpha + last)
        left = np.where(may_have_left, left, -np.inf)
        either = np.logaddexp(there, left)
        p_there, p_left = np.exp(there - either), np.exp(left - either)
        whole = digamma(a + stays)  # of both terms: a + 1 + stays - 1
        by_r = (
            digamma(r + repeats) - digamma(r) + np.log(alpha) - p_there * np.log(alpha + age) - p_left * np.log(alpha + last)
        )
        by_alpha = r / alpha - (r + repeats) * (p_there / (alpha + age) + p_left / (alpha + last))
        by_a = digamma(a + b) - digamma(a) + p_there * digamma(a) + p_left * digamma(a + 1) - whole
        by_b = digamma(a + b) - digamma(b) + p_there * digamma(stays) + p_left * digamma(stayed_before) - whole
        return customers @ (bought + either), np.array([customers @ g for g in (by_r, by_alpha, by_a, by_b)])

    return at


def gamma_gamma(times, each):
    """Of mean spend (Fader and Hardie, note 025, 2013, eq. 1a)."""

    def at(parameters):
        p, q, v = parameters
        whole = v + times * each
        spent = np.log(times * each) - np.log(whole)
        value = -np.log(each) - betaln(p * times, q) + q * (np.log(v) - np.log(whole)) + p * times * spent
        both = digamma(p * times + q)
        by_p = times * (both - digamma(p * times) + spent)
        by_q = both - digamma(q) + np.log(v) - np.log(whole)
        by_v = q / v - (p * times + q) / whole
        return value.sum(), np.array([by_p.sum(), by_q.sum(), by_v.sum()])

    return at


def climb(likelihood, scale, count):
    """Maximum over logarithms, from 1 in units of scale; per customer, so that tolerances mean the same for any number of them."""

    def falling(logs):
        parameters = np.exp(logs)
        value, gradient = likelihood(parameters)
        return -value / count, -gradient * parameters / count

    start = time.perf_counter()
    # its own tolerance stops at 2e-9 of the likelihood, which is a good part of a standard error among a million customers
    found = minimize(falling, np.log(scale), jac=True, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000})
    spreads = errors(falling, found.x, count)
    # with the errors, as Java's seconds are
    return np.exp(found.x), spreads, -found.fun * count, time.perf_counter() - start, found.nfev


def errors(falling, logs, count):
    """Standard errors by the delta method, of the curvature by differences of the gradient."""
    step = 1e-4
    curvature = np.array([(falling(logs + e)[1] - falling(logs - e)[1]) / (2 * step) for e in step * np.eye(len(logs))])
    covariance = np.linalg.inv((curvature + curvature.T) / 2 * count)
    return np.exp(logs) * np.sqrt(np.diag(covariance))


def java(folder):
    """Per data and model: seconds, log-likelihood, and by parameter the estimate and its standard error."""
    fits = {}
    with open(os.path.join(folder, "fits.csv"), newline="") as lines:
        for row in csv.DictReader(lines):
            fit = fits.setdefault((row["data"], row["model"]), (float(row["seconds"]), float(row["log_likelihood"]), {}))
            fit[2][row["parameter"]] = (float(row["estimate"]), float(row["error"]))
    return fits


def compare(by, java_fit, parameters, spreads, note):
    """A line for each parameter, in units of Java's standard error."""
    print(f"  {by}: {note}")
    for (name, (estimate, error)), parameter, spread in zip(java_fit[2].items(), parameters, spreads):
        off = (parameter - estimate) / error
        told = "" if spread is None else f" ± {spread:.3g}"
        print(f"    {name:5} {parameter:.7g}{told}, Java {estimate:.7g} ± {error:.3g}: {off:+.1e} of Java's standard error")


def heading(what, java_fit):
    print(f"{what}: Java {java_fit[0]:.2f} s, log-likelihood {java_fit[1]:,.4f}")


def by_scipy(what, java_fit, likelihood, scale, count):
    heading(what, java_fit)
    parameters, spreads, value, seconds, evaluations = climb(likelihood, scale, count)
    note = f"{seconds:.2f} s, log-likelihood {value:,.4f} ({value - java_fit[1]:+.1e}), {evaluations} evaluations"
    compare("scipy", java_fit, parameters, spreads, note)


def scipy_fits(customers, fits):
    for data, some in (("all", customers), ("sample", customers[:SAMPLE])):
        grouped, counts = np.unique(some[:, :3], axis=0, return_counts=True)
        repeats, last, age = grouped.T
        for model, chances in (("BG/NBD", 0), ("MBG/NBD", 1)):
            what = f"{model}, {len(some):,} customers, {len(grouped):,} distinct histories"
            # time in units of the oldest: a start that knows nothing of what will be found
            by_scipy(
                what, fits[data, model], beta_geometric(chances, repeats, last, age, counts.astype(float)), [1, age.max(), 1, 1], len(some)
            )
    spent = customers[(customers[:, 0] > 0) & (customers[:, 3] > 0)]
    what = f"Gamma-Gamma, {len(spent):,} customers who bought again"
    by_scipy(what, fits["all", "Gamma-Gamma"], gamma_gamma(spent[:, 0], spent[:, 3]), [1, 1, spent[:, 3].mean()], len(spent))


def pymc_fits(customers, fits):
    """Its own priors, in weeks, for which they are made; it takes customers one by one, not grouped."""
    warnings.filterwarnings("ignore")
    try:
        import pandas as pd
        import pymc_marketing
        from pymc_marketing.clv import BetaGeoModel
    except ImportError as e:
        print(f"PyMC-Marketing is left out ({e}): pip install pymc-marketing")
        return

    def model(some):
        repeats, last, age = some[:, :3].T
        ids = np.arange(len(some))
        frame = pd.DataFrame({"customer_id": ids, "frequency": repeats, "recency": last / DAYS_IN_A_WEEK, "T": age / DAYS_IN_A_WEEK})
        return BetaGeoModel(data=frame)

    def run(what, java_fit, some, **how):
        heading(f"BG/NBD, {len(some):,} customers", java_fit)
        start = time.perf_counter()
        fitted = model(some)
        fitted.fit(progressbar=False, **how)
        seconds = time.perf_counter() - start
        draws = fitted.idata.posterior
        weeks = {"alpha": DAYS_IN_A_WEEK}
        values = [draws[name].values * weeks.get(name, 1) for name in java_fit[2]]
        spreads = [v.std() if v.size > 1 else None for v in values]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        note = f"{seconds:.1f} s with its compilation, peak RSS of the process so far {peak} MB"
        compare(f"PyMC-Marketing {pymc_marketing.__version__}, {what}", java_fit, [v.mean() for v in values], spreads, note)
        return fitted

    run("MAP", fits["all", "BG/NBD"], customers, method="map")
    run("MAP", fits["sample", "BG/NBD"], customers[:SAMPLE], method="map")
    how = {"chains": CHAINS, "tune": TUNE, "draws": DRAWS, "cores": 1, "random_seed": SEED, "compute_convergence_checks": False}
    what = f"NUTS, {CHAINS} chains of {TUNE} + {DRAWS} draws, means"
    sampled = run(what, fits["sample", "BG/NBD"], customers[:SAMPLE], method="mcmc", **how)
    print(sampled.fit_summary().to_string())


def main(folder):
    customers = np.loadtxt(os.path.join(folder, "customers.csv"), delimiter=",", skiprows=1)
    fits = java(folder)
    scipy_fits(customers, fits)
    pymc_fits(customers, fits)


if __name__ == "__main__":
    main(sys.argv[1])
