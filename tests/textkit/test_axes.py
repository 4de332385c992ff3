import numpy as np
from scipy import sparse

from cahiers.textkit.axes import leading_axes


def test_the_axes_are_those_of_the_whole_product() -> None:
    draw = np.random.default_rng(1)
    left = sparse.random(300, 200, density=0.05, random_state=draw, dtype=np.float32, format="csr")
    right = sparse.random(200, 400, density=0.03, random_state=draw, dtype=np.float32, format="csr")
    left[:, :5] *= 10  # some directions stand out
    axes = leading_axes(left, right, 5)
    exact = np.linalg.svd((left @ right).toarray())[2][:5]
    assert np.allclose(np.linalg.svd(exact @ axes, compute_uv=False), 1, atol=1e-3)


def test_copies_make_no_axes_of_their_own() -> None:
    left = sparse.csr_matrix(np.repeat(np.eye(3, dtype=np.float32), 20, axis=0))
    right = sparse.csr_matrix(np.arange(12, dtype=np.float32).reshape(3, 4) % 5)
    axes = leading_axes(left, right, 4)
    assert axes.shape == (4, 3)
    assert np.allclose(axes.T @ axes, np.eye(3), atol=1e-4)
    assert leading_axes(left * 0, right, 4).shape == (4, 0)
