import {
  ActionIcon,
  Button,
  Checkbox,
  Combobox,
  createTheme,
  Drawer,
  DrawerRoot,
  Fieldset,
  Input,
  InputWrapper,
  Menu,
  Modal,
  ModalRoot,
  NativeSelect,
  NumberInput,
  Pill,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Skeleton,
  Switch,
  Tabs,
  Textarea,
  Tooltip,
} from '@mantine/core'
import styles from './theme.module.css'

// A dialog's scroll lock would inject a <style>, which the Content-Security-Policy forbids; the frame does not scroll.
const dialog = { lockScroll: false, shadow: 'md', transitionProps: { duration: 120 } }
// Beside what opened it, not at the end of the document: inside the page's landmarks and next in the order of focus.
const floating = { withinPortal: false, floatingStrategy: 'fixed', shadow: 'md', offset: 4, transitionProps: { duration: 0 } } as const
const field = { '--input-height': 'var(--field)', '--input-size': 'var(--field)', '--input-fz': 'var(--size)', '--input-padding': '9px' }

/**
 * How Mantine's components look here. Colours and sizes come from tokens.css; this only says which component has which
 * class and default, so that pages need no style props.
 */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  breakpoints: { xs: '480px', sm: '720px', md: '1000px', lg: '1200px', xl: '1440px' },
  components: {
    Button: Button.extend({ defaultProps: { variant: 'default' }, classNames: { root: styles.button, section: styles.buttonSection } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' }, classNames: { root: styles.icon } }),
    Input: Input.extend({ vars: () => ({ wrapper: field }), classNames: { input: styles.input } }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: { label: styles.label, description: styles.description, error: styles.error, required: styles.required },
    }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true, minRows: 3, maxRows: 12 } }),
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true, classNames: { input: 'num' } } }),
    NativeSelect: NativeSelect.extend({ classNames: { input: styles.input } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right', maxDropdownHeight: 320 } }),
    Combobox: Combobox.extend({
      defaultProps: floating,
      classNames: { dropdown: styles.dropdown, option: styles.option, groupLabel: styles.groupLabel, empty: styles.emptyOption },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', withThumbIndicator: false }, classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody } }),
    Fieldset: Fieldset.extend({ classNames: { root: styles.fieldset, legend: styles.legend } }),
    Menu: Menu.extend({
      defaultProps: floating,
      classNames: { dropdown: styles.dropdown, item: styles.option, label: styles.groupLabel },
    }),
    Pill: Pill.extend({ classNames: { root: styles.pill } }),
    Popover: Popover.extend({ defaultProps: floating, classNames: { dropdown: styles.popover } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, offset: 6, multiline: true, maw: 360, transitionProps: { duration: 0 }, events: { hover: true, focus: true, touch: true } },
      classNames: { tooltip: styles.tooltip },
    }),
    ModalRoot: ModalRoot.extend({ defaultProps: { ...dialog, radius: 'lg' } }),
    Modal: Modal.extend({ classNames: { content: styles.dialog, overlay: styles.veil, close: styles.icon } }),
    DrawerRoot: DrawerRoot.extend({ defaultProps: dialog }),
    Drawer: Drawer.extend({ classNames: { content: styles.dialog, overlay: styles.veil, close: styles.icon } }),
    Tabs: Tabs.extend({ classNames: { list: styles.tabList, tab: styles.tab } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 0 }, classNames: { root: styles.segments, label: styles.segment, indicator: styles.segmentOn } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
  },
})
