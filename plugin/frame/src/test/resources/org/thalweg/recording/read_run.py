import pathlib, sys
import h5py, pandas, xarray

def read(run):
    """A run's numbers as a table by iteration, and its surfaces as one array (iteration, beta, alpha)."""
    run = pathlib.Path(run)
    numbers = pandas.read_csv(run / "metrics.csv", index_col="iteration", float_precision="round_trip")
    surfaces = []
    for file in sorted((run / "frames").glob("*.h5")):
        with h5py.File(file) as h5:
            surfaces.append(xarray.DataArray(
                h5["train_loss"][:],
                dims=("beta", "alpha"),
                coords={"beta": h5["ycoordinates"][:], "alpha": h5["xcoordinates"][:],
                        "iteration": h5["thalweg"].attrs["iteration"]}))
    return numbers, xarray.concat(surfaces, "iteration")

numbers, surfaces = read(sys.argv[1])
print(numbers[["loss", "lambda_max_1"]].to_csv(), end="")
print(surfaces.sel(alpha=0, beta=0, method="nearest").to_series().to_csv(header=False), end="")
