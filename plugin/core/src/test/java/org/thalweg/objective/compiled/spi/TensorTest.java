package org.thalweg.objective.compiled.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {

    private final Tensor whole = Tensor.of(new Buffer(ElementType.FLOAT, 60), 3, 4, 5);

    @Test
    void viewsAreOffsetsAndStrides() {
        Tensor view = whole.slice(1, 1, 4, 2).select(2, 3);
        assertThat(view.shape()).containsExactly(3, 2);
        assertThat(view.strides()).containsExactly(20, 10);
        assertThat(view.offset()).isEqualTo(1 * 5 + 3);
        assertThat(view.contiguous()).isFalse();
        assertThat(whole.permute(2, 0, 1).strides()).containsExactly(1, 20, 5);
        assertThat(whole.select(0, 1).contiguous()).isTrue();
    }

    @Test
    void evenlySpacedElementsTakeAnotherShape() {
        Tensor column = whole.slice(2, 2, 3);
        assertThat(column.reshape(12).strides()).containsExactly(5);
        assertThat(column.reshape(3, 2, 2).strides()).containsExactly(20, 10, 5);
        assertThat(whole.slice(1, 0, 2).reshape(3, 10).strides()).containsExactly(20, 1);
        assertThat(whole.rows().shape()).containsExactly(12, 5);
    }

    @Test
    void othersMustBeCopiedFirst() {
        assertThatThrownBy(() -> whole.slice(1, 0, 2).reshape(30)).hasMessageContaining("copied first");
        assertThatThrownBy(() -> whole.reshape(61)).hasMessageContaining("[61]");
        assertThatThrownBy(() -> whole.slice(1, 2, 5)).hasMessageContaining("2 to 5");
        assertThatThrownBy(() -> Tensor.of(whole.buffer(), 61)).hasMessageContaining("60");
    }

    @Test
    void opsRefuseWhatDoesNotFit() {
        Tape tape = new Tape();
        Tensor matrix = whole.select(0, 0);
        assertThatThrownBy(() -> tape.matmul(matrix, false, matrix, false, matrix))
                .hasMessageContaining("MATMUL");
        assertThatThrownBy(() -> tape.add(matrix, whole.select(1, 0), matrix)).hasMessageContaining("ADD");
        assertThatThrownBy(() -> tape.functionSecondDerivative(UnaryFunction.RELU, matrix, matrix, matrix))
                .hasMessageContaining("RELU");
        assertThat(tape.instructions()).isEmpty();
    }
}
