"""Files as Keras 2 saves them (model.save('m.h5') of TensorFlow 2.11), with random weights: keras_models.py FOLDER SEED

The layout is that of keras/saving/legacy/hdf5_format.py: the architecture and the training configuration as JSON in
attributes of the root, and the weights of each layer in a group with its name. Next to each file are examples (.npz).
The script prints Keras's loss on them, in double precision."""

import json
import os
import sys

import h5py
import numpy as np

folder, seed = sys.argv[1], int(sys.argv[2])
random = np.random.default_rng(seed)


def initializer(name):
    return {"class_name": name, "config": {"seed": None} if name == "GlorotUniform" else {}}


def unset(*names):
    """Options that Keras writes although they have no value."""
    return dict.fromkeys(names)


COMMON = {"trainable": True, "dtype": "float32"}
KERNEL = {
    "use_bias": True,
    "kernel_initializer": initializer("GlorotUniform"),
    "bias_initializer": initializer("Zeros"),
    **unset("kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint"),
}


def normal(*shape):
    return (0.5 * random.standard_normal(shape) / np.sqrt(np.prod(shape[:-1]) + 1)).astype("<f4")


def layer(kind, name, weights=None, **config):
    return {"class_name": kind, "config": {"name": name, **COMMON, **config}}, weights or {}


def dense(name, size, units, activation, **config):
    return layer(
        "Dense",
        name,
        {"kernel:0": normal(size, units), "bias:0": normal(units)},
        units=units,
        activation=activation,
        **KERNEL,
        **config,
    )


def convolution(name, channels, filters, size, activation):
    return layer(
        "Conv2D",
        name,
        {"kernel:0": normal(size, size, channels, filters), "bias:0": normal(filters)},
        filters=filters,
        kernel_size=[size, size],
        strides=[1, 1],
        padding="valid",
        data_format="channels_last",
        dilation_rate=[1, 1],
        groups=1,
        activation=activation,
        **KERNEL,
    )


def batch_norm(name, channels, axis):
    return layer(
        "BatchNormalization",
        name,
        {
            "gamma:0": 1 + 0.2 * normal(channels),
            "beta:0": normal(channels),
            "moving_mean:0": normal(channels),
            "moving_variance:0": 0.5 + random.random(channels, dtype="f4"),
        },
        axis=[axis],
        momentum=0.99,
        epsilon=0.001,
        center=True,
        scale=True,
        beta_initializer=initializer("Zeros"),
        gamma_initializer=initializer("Ones"),
        moving_mean_initializer=initializer("Zeros"),
        moving_variance_initializer=initializer("Ones"),
        **unset("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"),
    )


def lstm(name, inputs, units):
    return layer(
        "LSTM",
        name,
        {
            "lstm_cell/kernel:0": normal(inputs, 4 * units),
            "lstm_cell/recurrent_kernel:0": normal(units, 4 * units),
            "lstm_cell/bias:0": normal(4 * units),
        },
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        unroll=False,
        time_major=False,
        units=units,
        activation="tanh",
        recurrent_activation="sigmoid",
        recurrent_initializer={"class_name": "Orthogonal", "config": {"gain": 1.0, "seed": None}},
        unit_forget_bias=True,
        **unset("recurrent_regularizer", "recurrent_constraint"),
        **KERNEL,
        dropout=0.0,
        recurrent_dropout=0.0,
        implementation=2,
    )


def start(shape):
    return layer("InputLayer", "input_1", batch_input_shape=[None, *shape], sparse=False, ragged=False)


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


FUNCTIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
}


def output(kind, config, weights, x):
    """A layer's output for x, by Keras's definitions (keras/layers)."""
    w = {name.split("/")[-1]: values.astype("f8") for name, values in weights.items()}
    if kind == "Dense":
        return FUNCTIONS[config["activation"]](x @ w["kernel:0"] + w["bias:0"])
    if kind == "Activation":
        return FUNCTIONS[config["activation"]](x)
    if kind == "Conv2D":
        windows = np.lib.stride_tricks.sliding_window_view(x, config["kernel_size"], (1, 2))
        return FUNCTIONS[config["activation"]](np.einsum("nxycij,ijco->nxyo", windows, w["kernel:0"]) + w["bias:0"])
    if kind == "BatchNormalization":
        scale = w["gamma:0"] / np.sqrt(w["moving_variance:0"] + config["epsilon"])
        return (x - w["moving_mean:0"]) * scale + w["beta:0"]
    if kind == "MaxPooling2D":
        n, height, width, channels = x.shape
        return x.reshape(n, height // 2, 2, width // 2, 2, channels).max((2, 4))
    if kind == "Flatten":
        return x.reshape(len(x), -1)
    if kind == "LSTM":
        h = c = np.zeros((len(x), config["units"]))
        for t in range(x.shape[1]):
            z = x[:, t] @ w["kernel:0"] + h @ w["recurrent_kernel:0"] + w["bias:0"]
            i, f, g, o = np.split(z, 4, 1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        return h
    return x


def measure(name, layers, loss):
    """Draws examples and prints the loss on them."""
    x = random.standard_normal((16, *layers[0][0]["config"]["batch_input_shape"][1:])).astype("f4")
    values = {layers[0][0]["config"]["name"]: x.astype("f8")}
    last = x.astype("f8")
    for described, weights in layers[1:]:
        config = described["config"]
        inputs = [values[source] for source in config["inputs"]] if "inputs" in config else [last]
        last = sum(inputs) if described["class_name"] == "Add" else output(described["class_name"], config, weights, *inputs)
        values[config["name"]] = last
    if loss == "mse":
        y = random.standard_normal(last.shape)
        error = (last - y) ** 2
    elif loss == "binary_crossentropy":
        y = random.integers(0, 2, last.shape).astype("f8")
        error = -(y * np.log(last) + (1 - y) * np.log(1 - last))
    else:
        y = np.eye(last.shape[1])[random.integers(0, last.shape[1], len(x))]
        error = -(y * np.log(last)).sum(1)
    np.savez(os.path.join(folder, name.replace(".h5", ".npz")), x=x, y=y)
    print(name, error.mean())


def save(name, layers, loss, functional=False):
    if loss is not None:
        measure(name, layers, loss)
    with h5py.File(os.path.join(folder, name), "w") as file:
        file.attrs["keras_version"] = b"2.11.0"
        file.attrs["backend"] = b"tensorflow"
        described = [config for config, _ in layers]
        architecture = {"name": "model", "layers": described}
        if functional:
            # The layers' names and their inputs.
            for config in described:
                inputs = config["config"].pop("inputs", [])
                config["name"] = config["config"]["name"]
                config["inbound_nodes"] = [[[source, 0, 0, {}] for source in inputs]] if inputs else []
            architecture["input_layers"] = [[described[0]["name"], 0, 0]]
            architecture["output_layers"] = [[described[-1]["name"], 0, 0]]
        kind = "Functional" if functional else "Sequential"
        file.attrs["model_config"] = json.dumps({"class_name": kind, "config": architecture}).encode()
        if loss is not None:
            file.attrs["training_config"] = json.dumps(
                {
                    "loss": loss,
                    "metrics": [["accuracy"]],
                    "weighted_metrics": None,
                    "loss_weights": None,
                    "optimizer_config": {
                        "class_name": "Adam",
                        "config": {
                            "name": "Adam",
                            "learning_rate": 0.001,
                            "decay": 0.0,
                            "beta_1": 0.9,
                            "beta_2": 0.999,
                            "epsilon": 1e-07,
                            "amsgrad": False,
                        },
                    },
                }
            ).encode()
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = np.array([config["config"]["name"].encode() for config, _ in layers])
        root.attrs["backend"] = b"tensorflow"
        root.attrs["keras_version"] = b"2.11.0"
        for config, weights in layers:
            own = config["config"]["name"]
            group = root.create_group(own)
            group.attrs["weight_names"] = np.array([f"{own}/{weight}".encode() for weight in weights])
            for weight, values in weights.items():
                group.create_dataset(f"{own}/{weight}", data=values)


save("dense.h5", [start([6]), dense("dense", 6, 8, "tanh"), dense("dense_1", 8, 3, "softmax")], "categorical_crossentropy")
save(
    "activation.h5",
    [
        start([6]),
        dense("dense", 6, 8, "relu"),
        dense("dense_1", 8, 3, "linear"),
        layer("Activation", "activation", activation="softmax"),
    ],
    "categorical_crossentropy",
)
save(
    "convolution.h5",
    [
        start([8, 8, 1]),
        convolution("conv2d", 1, 4, 3, "relu"),
        batch_norm("batch_normalization", 4, 3),
        layer(
            "MaxPooling2D",
            "max_pooling2d",
            pool_size=[2, 2],
            padding="valid",
            strides=[2, 2],
            data_format="channels_last",
        ),
        layer("Flatten", "flatten", data_format="channels_last"),
        layer("Dropout", "dropout", rate=0.5, noise_shape=None, seed=None),
        dense("dense", 36, 3, "softmax"),
    ],
    "categorical_crossentropy",
)
save("lstm.h5", [start([5, 4]), lstm("lstm", 4, 6), dense("dense", 6, 3, "softmax")], "categorical_crossentropy")
save("regression.h5", [start([6]), dense("dense", 6, 8, "tanh"), dense("dense_1", 8, 3, "linear")], "mse")
save("binary.h5", [start([6]), dense("dense", 6, 8, "tanh"), dense("dense_1", 8, 1, "sigmoid")], "binary_crossentropy")
save(
    "functional.h5",
    [
        start([6]),
        dense("dense", 6, 6, "tanh", inputs=["input_1"]),
        layer("Add", "add", inputs=["input_1", "dense"]),
        dense("dense_1", 6, 3, "softmax", inputs=["add"]),
    ],
    "categorical_crossentropy",
    functional=True,
)
save("without_loss.h5", [start([6]), dense("dense", 6, 3, "softmax")], None)
save(
    "lambda.h5",
    [
        start([6]),
        layer("Lambda", "lambda", function=["4wEAAAA=\n", None, None], function_type="lambda", arguments={}),
        dense("dense", 6, 3, "softmax"),
    ],
    "categorical_crossentropy",
)
