package org.thalweg.objective.compiled.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

class RulesTest {

    private static final class OwnDense implements LayerRule {

        @Override
        public Set<Class<? extends Layer>> layers() {
            return Set.of(DenseLayer.class);
        }

        @Override
        public Value compile(LayerScope scope, Value input) {
            return input;
        }
    }

    @Test
    void twoRulesForOneClassAreAnErrorThatNamesBoth() {
        List<LayerRule> rules = List.of(new DenseRule(), new OwnDense());
        assertThatThrownBy(() -> Rules.byClass("LayerRule", rules, LayerRule::layers))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(DenseRule.class.getName())
                .hasMessageContaining(OwnDense.class.getName())
                .hasMessageContaining(DenseLayer.class.getName());
    }

    @Test
    void oneRuleAClassIsFound() {
        LayerRule rule = new OwnDense();
        assertThat(Rules.byClass("LayerRule", List.of(rule), LayerRule::layers).get(DenseLayer.class))
                .isSameAs(rule);
    }
}
